"""`export --json-schema`: the field table for other programs, what the brokerage added included."""

import json

import jsonschema


def test_the_schema_is_one_and_knows_own_fields(vault):
    drawn = vault(
        """
        -- brokernotes.yaml --
        format: 1
        language: zh
        fields: {listing: {parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number}}}
        """
    )

    said = drawn.run("export", "--json-schema")

    schema = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "parking_fee" in json.dumps(schema)
    assert said.exit == 0
