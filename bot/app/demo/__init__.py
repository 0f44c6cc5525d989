"""`outrider demo`: a recorded day through the whole real path, offline."""
