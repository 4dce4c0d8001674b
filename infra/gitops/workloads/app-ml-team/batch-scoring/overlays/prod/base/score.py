"""Scores every customer once a night. The model is a stand-in; what is asked of feature-api and written to the log is not."""

import json
import math
import urllib.request

FEATURES = 'http://feature-api/'


def score(customer: int) -> float:
    return 1 / (1 + math.exp(-math.sin(customer)))


def main() -> None:
    with urllib.request.urlopen(FEATURES, timeout=30) as response:
        print(json.dumps({'features': FEATURES, 'status': response.status}))
    scores = [score(customer) for customer in range(10_000)]
    print(json.dumps({'customers': len(scores), 'likely': sum(s > 0.5 for s in scores)}))


if __name__ == '__main__':
    main()
