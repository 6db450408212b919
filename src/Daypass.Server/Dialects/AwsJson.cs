using System.Buffers;
using System.Text.Json;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// AWS JSON 1.1: the action in <c>X-Amz-Target</c>, parameters as a JSON object, errors as <c>__type</c> and <c>message</c>.
/// </summary>
internal sealed class AwsJson(ActionCatalog catalog) : IDialect
{
    private const string ContentType = "application/x-amz-json-1.1";

    public bool Speaks(HttpRequest request, ReadOnlySpan<byte> body) => request.Headers.ContainsKey("X-Amz-Target");

    public ParsedCall Parse(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (request.Headers["X-Amz-Target"] is not [{ } target] || catalog.FindTarget(target) is not { } action)
            throw Errors.Service("UnknownOperationException", "The operation named in X-Amz-Target does not exist.");
        if (request.ContentType?.StartsWith("application/x-amz-json-1.", StringComparison.OrdinalIgnoreCase) != true)
            throw Errors.Service("SerializationException", $"The content type must be {ContentType}.");
        return new ParsedCall(action, new Parameters(JsonBody.Read(body)));
    }

    public string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (answer.Error is { } error)
        {
            json.WriteString("__type", JsonErrors.CodeOf(error));
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
}
