@py -3 "%~dp0make.py" %*
