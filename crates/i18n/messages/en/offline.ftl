diagnostic-operation-reused = The name “{ $found }” was used for something else that was sent.
diagnostic-operation-reused-help = Load the page again: the device makes a new name. What you typed is still on the device.
