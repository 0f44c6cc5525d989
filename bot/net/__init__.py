"""The network: getting bytes from strangers, politely and without being led astray."""
