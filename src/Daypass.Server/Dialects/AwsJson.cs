using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// AWS JSON 1.1: the action in <c>X-Amz-Target</c>, parameters as a JSON object, errors as <c>__type</c> and <c>message</c>. Parameters
/// are brought into the Query protocol's names (<c>List.member.1.Name</c>), so that an action reads them in one way only.
/// </summary>
internal sealed class AwsJson(ActionCatalog catalog) : IDialect
{
    private const string ContentType = "application/x-amz-json-1.1";
    private const int MaxDepth = 16;

    /// <summary>A parameter's whole name. A name stands before each of its values, so a long one around many values would multiply.</summary>
    private const int MaxNameLength = 512;

    /// <summary>Objects, lists and values of one document.</summary>
    private const int MaxElements = 2 * Parameters.MaxCount;

    public bool Speaks(HttpRequest request) => request.Headers.ContainsKey("X-Amz-Target");

    public (ApiAction Action, Parameters Parameters) Parse(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (request.Headers["X-Amz-Target"] is not [{ } target] || catalog.FindTarget(target) is not { } action)
            throw Errors.Service("UnknownOperationException", "The operation named in X-Amz-Target does not exist.");
        if (request.ContentType?.StartsWith("application/x-amz-json-1.", StringComparison.OrdinalIgnoreCase) != true)
            throw Errors.Service("SerializationException", $"The content type must be {ContentType}.");
        return (action, new Parameters(Read(body)));
    }

    public string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (answer.Error is { } error)
        {
            json.WriteString("__type", CodeOf(error));
            json.WriteString("message", error.Message);
            json.WriteString("Message", error.Message);
            if (error.Reason is { } reason)
                json.WriteString("Reason", reason);
        }
        else
        {
            answer.Response!.Write(new JsonShapeWriter(json));
        }
        json.WriteEndObject();
        return ContentType;
    }

    /// <summary>JSON services answer 400 where the Query services have 403 and 404, and 5xx as it is.</summary>
    public int StatusOf(ApiError error) => error.IsReceiver ? error.Status : 400;

    // The shared errors of signature and authorization have other names in JSON services.
    private static string CodeOf(ApiError error) => error.Code switch
    {
        "AccessDenied" => "AccessDeniedException",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "ExpiredToken" => "ExpiredTokenException",
        "SignatureDoesNotMatch" => "InvalidSignatureException",
        "IncompleteSignature" => "IncompleteSignatureException",
        "MissingAuthenticationToken" => "MissingAuthenticationTokenException",
        "ValidationError" => "ValidationException",
        "Throttling" => "ThrottlingException",
        "ConcurrentModification" => "ConcurrentModificationException",
        "MalformedInput" => "SerializationException",
        var other => other,
    };

    private static List<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> body)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        if (body.IsEmpty)
            return parameters;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed != body.Length || document.RootElement.ValueKind != JsonValueKind.Object)
                throw Errors.Service("SerializationException", "The body must be one JSON object.");
            var elements = 0;
            Flatten(document.RootElement, "", parameters, ref elements);
            FormReader.RefuseDuplicates(parameters);
            return parameters;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair parses, and cannot be read: InvalidOperationException.
            throw Errors.Service("SerializationException", "The body is not valid JSON.");
        }
    }

    private static void Flatten(JsonElement element, string name, List<KeyValuePair<string, string>> into, ref int elements)
    {
        if (into.Count >= Parameters.MaxCount || ++elements > MaxElements)
            throw Errors.MalformedInput($"The request has more than {Parameters.MaxCount} parameters.");
        if (name.Length > MaxNameLength)
            throw Errors.MalformedInput($"The name of a parameter is longer than {MaxNameLength} characters.");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Flatten(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", into, ref elements);
                break;
            case JsonValueKind.Array:
                var number = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten(item, $"{name}.member.{(++number).ToString(CultureInfo.InvariantCulture)}", into, ref elements);
                if (number == 0)
                    into.Add(KeyValuePair.Create(name, ""));
                break;
            case JsonValueKind.Null:
                break;
            default:
                into.Add(KeyValuePair.Create(name, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText()));
                break;
        }
    }
}
