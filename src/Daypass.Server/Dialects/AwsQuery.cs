using System.Buffers;
using System.Text;
using System.Text.Json;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// AWS Query: parameters in a form or in the query string, answers in XML, or in JSON for clients that ask for it.
/// STS, IAM and Daypass's own API speak it.
/// </summary>
internal sealed class AwsQuery(ActionCatalog catalog) : IDialect
{
    private const string ErrorNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public bool Speaks(HttpRequest request, ReadOnlySpan<byte> body) => true;

    public ParsedCall Parse(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        if (request.QueryString.Value is { Length: > 1 } query)
            FormReader.Read(Encoding.UTF8.GetBytes(query.AsSpan(1).ToString()), parameters);
        if (!body.IsEmpty)
        {
            RequireForm(request);
            FormReader.Read(body, parameters);
        }
        FormReader.RefuseDuplicates(parameters);
        parameters.RemoveAll(static pair => pair.Key.StartsWith("X-Amz-", StringComparison.Ordinal));
        return new ParsedCall(FindAction(parameters), new Parameters(WithoutProtocol(parameters)));
    }

    public string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        if (request.Headers.Accept is [{ } accept] && accept.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            WriteJson(action, answer, requestId, output);
            return "application/json";
        }
        WriteXml(action, answer, requestId, output);
        return "text/xml";
    }

    /// <summary>Whether the request says that its body is a form.</summary>
    public static bool IsForm(HttpRequest request) => request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private ApiAction FindAction(List<KeyValuePair<string, string>> parameters)
    {
        var action = ValueOf(parameters, "Action");
        if (string.IsNullOrEmpty(action))
            throw Errors.MissingAction();
        var version = ValueOf(parameters, "Version") ?? "";
        return catalog.FindQuery(version, action) ?? throw (ActionCatalog.WhyNotOffered(version, action) is { } why ? Errors.NotOffered(action, why) : Errors.InvalidAction(action, version));
    }

    private static string? ValueOf(List<KeyValuePair<string, string>> parameters, string name)
    {
        foreach (var pair in parameters)
        {
            if (pair.Key == name)
                return pair.Value;
        }
        return null;
    }

    private static List<KeyValuePair<string, string>> WithoutProtocol(List<KeyValuePair<string, string>> parameters)
    {
        parameters.RemoveAll(static pair => pair.Key is "Action" or "Version");
        return parameters;
    }

    private static void RequireForm(HttpRequest request)
    {
        if (!IsForm(request))
            throw Errors.MalformedInput($"The content type must be application/x-www-form-urlencoded, not '{request.ContentType}'.");
    }

    private static void WriteXml(ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        var xml = new XmlShapeWriter(output);
        var xmlNamespace = action?.Service.XmlNamespace ?? ErrorNamespace;
        if (answer.Error is { } error)
        {
            xml.Start("ErrorResponse", xmlNamespace);
            xml.Start("Error");
            xml.Text("Type", error.IsReceiver ? "Receiver" : "Sender");
            xml.Text("Code", error.Code);
            xml.Text("Message", error.Message);
            xml.End("Error");
            xml.Text("RequestId", requestId);
            xml.End("ErrorResponse");
            return;
        }
        xml.Start(action!.ResponseName, xmlNamespace);
        // Operations without output members have no result element.
        if (answer.Response is not Nothing)
        {
            xml.Start(action.ResultName);
            answer.Response!.Write(xml);
            xml.End(action.ResultName);
        }
        xml.Start("ResponseMetadata");
        xml.Text("RequestId", requestId);
        xml.End("ResponseMetadata");
        xml.End(action.ResponseName);
    }

    private static void WriteJson(ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (answer.Error is { } error)
        {
            json.WriteStartObject("Error");
            json.WriteString("Code", error.Code);
            json.WriteString("Message", error.Message);
            json.WriteString("Type", error.IsReceiver ? "Receiver" : "Sender");
            json.WriteEndObject();
            json.WriteString("RequestId", requestId);
        }
        else
        {
            json.WriteStartObject(action!.ResponseName);
            if (answer.Response is not Nothing)
            {
                json.WriteStartObject(action.ResultName);
                answer.Response!.Write(new JsonShapeWriter(json));
                json.WriteEndObject();
            }
            json.WriteStartObject("ResponseMetadata");
            json.WriteString("RequestId", requestId);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
