"""What Sunchi is made of besides its own code: licences, vulnerabilities, the list of parts."""
