"""Sunchi (脣齒, "lips and teeth") reads North Korean state media and says, with evidence, when the tone changes."""
