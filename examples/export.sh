#!/bin/sh
# One export in one call: the file itself is the answer.
HOST="${MAPWRIGHT_HOST:-http://127.0.0.1:8080}"
curl --fail-with-body --silent --show-error "$HOST/api/render" -o map.pdf \
  -H "X-API-Key: $MAPWRIGHT_KEY" -H "Content-Type: application/json" -H "Prefer: wait=60" \
  -d '{"bbox": {"min_lon": 24.940, "min_lat": 60.168, "max_lon": 24.946, "max_lat": 60.171}, "formats": ["pdf"]}'
