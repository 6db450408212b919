using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Daypass.Server.Http;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// AWS REST JSON: the action by method and path, parameters as a JSON object and in the query string, an error's code in
/// <c>x-amzn-ErrorType</c>. Whose path is no action's, and who names no action otherwise, hears so here.
/// </summary>
internal sealed class AwsRestJson(ActionCatalog catalog) : IDialect
{
    private const string ContentType = "application/json";

    public bool Speaks(HttpRequest request, ReadOnlySpan<byte> body) =>
        PathOf(request) is not "/" and var path && (catalog.FindRoutes(path).Count > 0 || !(AwsQuery.IsForm(request) || request.Query.ContainsKey("Action")));

    public ParsedCall Parse(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var action = FindAction(request);
        if (!body.IsEmpty && request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) != true)
            throw Errors.Service("SerializationException", $"The content type must be {ContentType}.");
        var parameters = JsonBody.Read(body);
        // What belongs into the query string counts from nowhere else, as what belongs into the body or the path does.
        var route = action.Route!;
        parameters.RemoveAll(pair => !route.IsBodyMember(pair.Key));
        var query = QueryOf(request, route);
        query.RemoveAll(pair => !route.IsQueryMember(pair.Key));
        List<KeyValuePair<string, string>> all = [.. parameters, .. query, .. route.LabelsOf(PathOf(request))];
        if (route.EitherMembers.Count > 0)
            FormReader.RefuseDuplicates(all);
        return new ParsedCall(action, new Parameters(all));
    }

    public string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (answer.Error is { } error)
        {
            WriteHeaders(request, error);
            WriteError(json, error);
        }
        else
        {
            answer.Response!.Write(new Writer(json));
        }
        json.WriteEndObject();
        return ContentType;
    }

    public bool Takes(HttpRequest request) => catalog.FindRoutes(PathOf(request)).Any(action => action.Route!.Method == request.Method);

    /// <summary>Here clients know a throttled call by its status as well.</summary>
    public int StatusOf(ApiError error) => error.Code == "Throttling" ? StatusCodes.Status429TooManyRequests : error.Status;

    private ApiAction FindAction(HttpRequest request)
    {
        var path = PathOf(request);
        var actions = catalog.FindRoutes(path);
        if (actions.Count == 0)
            throw Errors.UnknownPath(path);
        return actions.FirstOrDefault(action => action.Route!.Method == request.Method)
            ?? throw Errors.WrongMethod(path, request.Method, actions.Select(action => action.Route!.Method));
    }

    // The raw one, which is what was signed: the web server's has lost dots and escapes.
    private static string PathOf(HttpRequest request)
    {
        var target = RequestTarget.Of(request.HttpContext);
        return target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? target[..mark] : target;
    }

    private static List<KeyValuePair<string, string>> QueryOf(HttpRequest request, RestRoute route)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        if (request.QueryString.Value is { Length: > 1 } query)
            FormReader.Read(Encoding.UTF8.GetBytes(query.AsSpan(1).ToString()), parameters);
        foreach (var list in route.QueryLists)
            Number(parameters, list);
        FormReader.RefuseDuplicates(parameters);
        return parameters;
    }

    // name=a&name=b is what a list is in a query string.
    private static void Number(List<KeyValuePair<string, string>> parameters, string list)
    {
        var number = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Key == list)
                parameters[i] = KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"{list}.member.{++number}"), parameters[i].Value);
        }
    }

    private void WriteHeaders(HttpRequest request, ApiError error)
    {
        var headers = request.HttpContext.Response.Headers;
        headers["x-amzn-ErrorType"] = JsonErrors.CodeOf(error);
        if (error.Status == StatusCodes.Status405MethodNotAllowed)
            headers.Allow = string.Join(", ", catalog.FindRoutes(PathOf(request)).Select(action => action.Route!.Method));
    }

    // A ValidationException always has a reason, and names the members where it can.
    private static void WriteError(Utf8JsonWriter json, ApiError error)
    {
        json.WriteString("message", error.Message);
        if (error.Reason is { } reason)
            json.WriteString("reason", reason);
        else if (error.Code == "ValidationError")
            json.WriteString("reason", error.Fields.Count > 0 ? "fieldValidationFailed" : "other");
        if (error.Fields.Count == 0 || error.Code != "ValidationError")
            return;
        json.WriteStartArray("fieldList");
        foreach (var field in error.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Field);
            json.WriteString("message", field.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // Those models of REST services that have times have them as text.
    private sealed class Writer(Utf8JsonWriter json) : JsonShapeWriter(json)
    {
        public override void Time(string name, DateTimeOffset? value) =>
            Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
