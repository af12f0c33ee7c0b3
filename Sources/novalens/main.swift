print("novalens")
