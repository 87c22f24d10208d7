"""What an employee can do, one verb a file; permission, transaction and history are kept here, once."""
