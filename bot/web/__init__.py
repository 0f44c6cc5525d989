"""Edge: health pages."""
