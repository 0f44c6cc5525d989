"""What the chat shows, by subject: each screen a text and its rows of buttons. Pure."""
