using System.Text;
using System.Xml;
using System.Xml.Linq;
using Daypass.AspNetCore;

namespace BucketService;

/// <summary>S3's errors, thrown as the library's refusals so that there is one way out for all.</summary>
internal static class S3Error
{
    public static DaypassException NoSuchBucket => Of("NoSuchBucket", 404, "The specified bucket does not exist");

    public static DaypassException NoSuchKey => Of("NoSuchKey", 404, "The specified key does not exist.");

    public static DaypassException NoSuchUpload => Of("NoSuchUpload", 404, "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");

    public static DaypassException MalformedXml => Of("MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema");

    public static DaypassException Of(string code, int status, string message) => new(new DaypassRefusal(code, status, message));
}

/// <summary>Writes and reads S3's XML.</summary>
internal static class S3Xml
{
    public static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // Keys may hold characters that XML has no form for; S3 writes them as references, and so must we.
    private static readonly XmlWriterSettings Format = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    // Deeper and longer than any document of S3: a deep one would be walked with the stack, and end the process.
    private const int DeepestElement = 8;
    private const int MostNodes = 400_000;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit };

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static async Task WriteAsync(HttpContext context, XElement root, int status = 200)
    {
        using var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, Format))
            root.Save(writer);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }

    /// <summary>Reads a document without DTD; its elements by their local names, since clients write them with and without namespace.</summary>
    public static XElement Read(MemoryStream body)
    {
        try
        {
            RequireModesty(body);
            body.Position = 0;
            return XElement.Load(XmlReader.Create(body, Strict));
        }
        catch (XmlException)
        {
            throw S3Error.MalformedXml;
        }
    }

    private static void RequireModesty(MemoryStream body)
    {
        using var reader = XmlReader.Create(body, Strict);
        for (var nodes = 0; reader.Read(); nodes++)
        {
            if (reader.Depth > DeepestElement || nodes > MostNodes)
                throw S3Error.MalformedXml;
        }
    }

    public static string? Child(this XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    public static Task WriteRefusalAsync(HttpContext context, DaypassRefusal refusal)
    {
        var (code, status, message) = Translate(context, refusal);
        return WriteAsync(context, new XElement("Error", new XElement("Code", code), new XElement("Message", message), new XElement("RequestId", context.TraceIdentifier)), status);
    }

    // Where S3 has a code of its own for what STS and the library call otherwise.
    private static (string Code, int Status, string Message) Translate(HttpContext context, DaypassRefusal refusal) => refusal.Code switch
    {
        _ when refusal.IsClockSkew => ("RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large."),
        "InvalidClientTokenId" when HasToken(context) => ("InvalidToken", 400, "The provided token is malformed or otherwise invalid."),
        "InvalidClientTokenId" => ("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."),
        // S3 has no sentence for what AWS cannot do: whoever was revoked is told when.
        "ExpiredToken" when refusal.Message.Contains("revoked", StringComparison.Ordinal) => ("ExpiredToken", 400, refusal.Message),
        "ExpiredToken" => ("ExpiredToken", 400, "The provided token has expired."),
        "IncompleteSignature" => ("AuthorizationHeaderMalformed", 400, refusal.Message),
        _ => (refusal.Code, refusal.Status, refusal.Message),
    };

    private static bool HasToken(HttpContext context) =>
        context.Request.Headers.ContainsKey("x-amz-security-token") || context.Request.Query.ContainsKey("X-Amz-Security-Token");
}
