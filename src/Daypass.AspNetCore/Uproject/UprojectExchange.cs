using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daypass.Names;
using Daypass.Signing;

namespace Daypass.AspNetCore.Uproject;

/// <summary>One call of the dialect on its way: answers are JSON with status 200, whatever became of it, since no client reads others.</summary>
/// <param name="urnPrefix">The first word of URNs, which is how its clients know names.</param>
internal sealed class UprojectExchange(string urnPrefix)
{
    private const int LongestName = 128;

    // As that cloud writes its answers. No browser takes them for a page: their type and the header below say so.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What was asked for; empty while that is not known, and if it can be no action.</summary>
    public string Action
    {
        get;
        set => field = value.Length <= LongestName && value.All(char.IsAsciiLetterOrDigit) ? value : "";
    } = "";

    /// <summary>Whether it says that it is a session's.</summary>
    public bool IsOfSession { get; set; }

    /// <summary>The status that the answer would have elsewhere, for the trail.</summary>
    public int Status { get; private set; } = StatusCodes.Status200OK;

    public Task RefuseAsync(HttpContext context, DaypassRefusal refusal)
    {
        Status = refusal.Status;
        var retCode = UprojectRefusals.RetCodeOf(refusal, IsOfSession);
        return WriteAsync(context, retCode, UrnText.Of(RetCodes.MessageOf(retCode, refusal.Code, refusal.Message), urnPrefix), default);
    }

    /// <summary>The call has failed after it was allowed.</summary>
    public Task FailAsync(HttpContext context, int retCode, string message)
    {
        Status = retCode == RetCodes.Failure ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest;
        context.SetEventError(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"RetCode{retCode}"), message);
        return WriteAsync(context, retCode, message, default);
    }

    public Task AnswerAsync(HttpContext context, JsonElement payload) => WriteAsync(context, 0, "", payload);

    private async Task WriteAsync(HttpContext context, int retCode, string message, JsonElement payload)
    {
        var body = new ArrayBufferWriter<byte>(512);
        Write(body, retCode, message, payload);
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["X-UCLOUD-REQUEST-UUID"] = context.TraceIdentifier;
        await response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private void Write(ArrayBufferWriter<byte> body, int retCode, string message, JsonElement payload)
    {
        using var json = new Utf8JsonWriter(body, Plain);
        json.WriteStartObject();
        json.WriteNumber("RetCode", retCode);
        json.WriteString("Action", Action + "Response");
        json.WriteString("Message", message);
        if (payload.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in payload.EnumerateObject())
                member.WriteTo(json);
        }
        json.WriteEndObject();
    }
}
