"""What a person does about findings and rules: mend, excuse, park, switch off."""
