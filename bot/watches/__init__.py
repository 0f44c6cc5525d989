"""A change and the watches: which of them it concerns, why, and when their chats may hear of it."""
