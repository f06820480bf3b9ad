//! The skeleton of an operation file: every common key, with a comment on what goes there.

/// The text of the file. It checks clean as it is; what does not apply is for the author to remove.
pub(super) fn skeleton(operation: &str, head: &str, documentation: &str, effect: &str) -> String {
    format!(
        "\
{head}# The name on the wire, which is the name of the file too.
operation: {operation}
# One sentence: what does it do? Write it in words of your own.
summary: Says here what {operation} does.
documentation: {documentation}
# read, create, update, delete, start, stop or other. It decides whether a call may be repeated.
effect: {effect}
# Where the facts come from: document, metadata or both.
sources: [document]

parameters:
  JobId:
    # string, int32, int64, float, double, boolean, list, map, object, binary or any
    type: string
    # true: the service refuses without it. documented: only the document says so. Leave it out for neither.
    required: documented
    description: The ID of the job.
    example: j-1234****
  Mode:
    type: string
    # Known values, each with what it means. Enums are open: other values can be sent and received.
    enum:
      Fast: As fast as possible.
      Gentle: With regard to others.
    # What counts when nothing is given. Documentation only; it is never sent.
    default: Fast
    description: How to go about it.
    example: Fast
  Endpoint:
    # An object travels as one parameter per field, `Endpoint.Host`; `style: json` makes JSON in one string of it.
    type: object
    description: Where to do it.
    fields:
      Host: {{type: string, description: The host name.}}
      Password: {{type: string, sensitive: true, description: Its password.}}
  JobIds:
    # A list travels as `JobIds.1`, `JobIds.2`; `style: comma` joins its items in one string.
    type: list
    items: {{type: string}}
    description: The IDs of more jobs.

# Conditions that the document states.
rules:
  - required_when: {{Mode: [Gentle]}}
    parameters: [Endpoint.Host]
  - required_with: Endpoint.Host
    parameters: [Endpoint.Password]

response:
  fields:
    RequestId: {{type: string, description: The ID of the request.}}
    Success: {{type: boolean, description: Whether the call did what it was asked to.}}
    Jobs:
      type: list
      description: What became of the jobs.
      items:
        type: object
        fields:
          JobId: {{type: string, description: The ID of the job.}}
          State: {{type: string, description: How it is.}}

# Error codes by HTTP status: by name where service.yaml explains them, else with what is known of them.
errors:
  403:
    Demo.NotAllowed: {{meaning: The account may not do this., retry: never}}

# A request and an answer, as they are on the wire. They are tests of this file.
examples:
  - request: {{JobId: j-1234****}}
    json: '{{\"RequestId\": \"6D3B4615\", \"Success\": true, \"Jobs\": [{{\"JobId\": \"j-1234****\", \"State\": \"Running\"}}]}}'
"
    )
}
