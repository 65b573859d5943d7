"""What the suite asks of a store, whichever of eventy's it is."""

from memory import Memory

current = None  # The store that is open.


def open_store(command):
    global current
    current = kind_of(command["binding"])(command)
    return {}


def kind_of(binding):
    if binding == "BINDING_MEMORY":
        return Memory
    if binding == "BINDING_KAFKA":
        from kafka import Kafka  # Its client takes a while to load.
        return Kafka
    raise NotImplementedError(binding)


def create_topic(command):
    current.create_topic(command)
    return {}


def write(command):
    return {"positions": current.write(command)}


def read(command):
    return {"records": current.read(command)}


def acknowledged(command):
    offset = current.acknowledged(command)
    return {"offset": str(offset)} if offset >= 0 else {}
