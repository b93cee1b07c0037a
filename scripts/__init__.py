"""What the recipes in the justfile need before and around the product's own commands. Standard library only."""
