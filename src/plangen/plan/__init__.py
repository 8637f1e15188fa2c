"""What a plan may say: the model, its schema, and the knowledge of the genre it rests on."""
