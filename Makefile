.PHONY: run test lint texts bench lock

run test lint texts bench lock:
	@python3 make.py $@
