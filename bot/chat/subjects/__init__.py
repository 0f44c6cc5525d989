"""What people can do in the chat, by subject: the commands that begin it, and the presses that go on with it."""
