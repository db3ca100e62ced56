"""From stories to messages: who gets what (editions) and how it reads (render)."""
