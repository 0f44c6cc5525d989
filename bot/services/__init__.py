"""The verbs: async use cases over ports. They decide nothing that the core decides and touch no edge directly."""
