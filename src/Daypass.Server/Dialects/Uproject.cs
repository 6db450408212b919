using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Server.Dialects;

/// <summary>
/// The API of UCloud and its white labels: parameters in query, form or JSON, answers in JSON that are HTTP 200 whatever happened, with a
/// RetCode. Has a path of its own, and shares <c>/</c> with AWS's dialects.
/// </summary>
internal sealed class Uproject(UprojectCatalog catalog, UprojectOptions options, PolicySyntax syntax) : IDialect
{
    // The answer to a request that names no action that there is repeats the action that it named.
    private static readonly object ActionKey = new();

    // Secrets, tokens and names leave as that cloud writes them. JSON needs no more, and no browser takes this for a page: its type and the header below say so.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string RequestIdHeader => "X-UCLOUD-REQUEST-UUID";

    public bool Speaks(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (options.Access == UprojectAccess.Off)
            return false;
        return IsOwnPath(request.Path.Value ?? "") || (request.Path.Value == "/" && UprojectMarks.AreOn(request, body));
    }

    public bool MaySpeak(HttpRequest request) => options.Access != UprojectAccess.Off && request.Path.Value == "/" && UprojectMarks.MayComeWithBody(request);

    public ParsedCall Parse(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (options.Access == UprojectAccess.Tls && !request.IsHttps && !IPAddress.IsLoopback(ApiEndpoint.SourceOf(request.HttpContext)))
            throw Errors.NeedsTls();
        var query = request.QueryString.Value is { Length: > 1 } text ? text.AsSpan(1) : default;
        var read = UprojectRequest.TryRead(query, request.ContentType, body, out var error)
            ?? throw (error!.Parameter is { } name ? Errors.BadParameter(name, error.Message) : Errors.MalformedInput(error.Message));
        if (string.IsNullOrEmpty(read.Action))
            throw Errors.MissingAction();
        if (catalog.Find(read.Action) is not { } action)
        {
            request.HttpContext.Items[ActionKey] = read.Action;
            throw Errors.UnknownAction(read.Action);
        }
        return new ParsedCall(action, new Parameters(UprojectParameters.Of(read)) { Syntax = syntax }, read);
    }

    public string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        using var json = new Utf8JsonWriter(output, Plain);
        json.WriteStartObject();
        json.WriteNumber("RetCode", answer.Error is { } error ? UprojectCodes.Of(error) : 0);
        json.WriteString("Action", Errors.Shorten(action?.Name ?? request.HttpContext.Items[ActionKey] as string ?? "") + "Response");
        json.WriteString("Message", answer.Error is { } refusal ? UrnText.Of(UprojectCodes.MessageOf(refusal), syntax.UrnPrefix!) : "");
        answer.Response?.Write(new JsonShapeWriter(json));
        json.WriteEndObject();
        return "application/json";
    }

    /// <summary>Its clients never read the body of any other status.</summary>
    public int StatusOf(ApiError error) => StatusCodes.Status200OK;

    public bool IsAlwaysOk => true;

    private bool IsOwnPath(ReadOnlySpan<char> path) =>
        path.StartsWith(options.Path, StringComparison.Ordinal) && path[options.Path.Length..] is "" or "/";
}
