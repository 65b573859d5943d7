"""Times how eventy 3.4.0 decodes Avro records.

The first line of the input is a JSON array of records in base64. Each further
line is a number: how many records to decode, one after the other, again and
again. The answer to each is a line with the nanoseconds of processor time that it
took.
"""

import base64
import itertools
import json
import sys
import time

from eventy.serialization.avro import AvroSerializer

serializer = AvroSerializer()
records = itertools.cycle([base64.b64decode(text) for text in json.loads(sys.stdin.readline())])
for line in sys.stdin:
    batch = list(itertools.islice(records, int(line)))
    start = time.process_time_ns()
    for record in batch:
        serializer.decode(record)
    print(time.process_time_ns() - start, flush=True)
