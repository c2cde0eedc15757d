# What programs ask for from the future: all of it has come.
annotations = True
division = True
print_function = True
absolute_import = True
unicode_literals = True
generators = True
with_statement = True
generator_stop = True
nested_scopes = True
