print("screenshots")
