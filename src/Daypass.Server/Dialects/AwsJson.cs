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
            Flatten(document.RootElement, "", parameters);
            FormReader.RefuseDuplicates(parameters);
            return parameters;
        }
        catch (JsonException)
        {
            throw Errors.Service("SerializationException", "The body is not valid JSON.");
        }
    }

    private static void Flatten(JsonElement element, string name, List<KeyValuePair<string, string>> into)
    {
        if (into.Count >= Parameters.MaxCount)
            throw Errors.MalformedInput($"The request has more than {Parameters.MaxCount} parameters.");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Flatten(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", into);
                break;
            case JsonValueKind.Array:
                var number = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten(item, $"{name}.member.{(++number).ToString(CultureInfo.InvariantCulture)}", into);
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
