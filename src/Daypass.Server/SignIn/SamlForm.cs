using System.Text;
using Daypass.Server.Dialects;
using Daypass.Server.Http;
using Daypass.Service.Pipeline;

namespace Daypass.Server.SignIn;

/// <summary>Reads what browsers and providers send to sign in: each name once.</summary>
internal static class SamlForm
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <exception cref="ApiException">MalformedInput.</exception>
    public static Dictionary<string, string> ReadQuery(HttpContext context)
    {
        var target = RequestTarget.Of(context);
        return target.IndexOf('?', StringComparison.Ordinal) is > 0 and var mark ? Read(Encoding.UTF8.GetBytes(target[(mark + 1)..])) : [];
    }

    /// <inheritdoc cref="ReadQuery"/>
    public static async ValueTask<Dictionary<string, string>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) != true)
            throw Errors.MalformedInput($"The body must be {FormType}.");
        return Read(await RequestBody.ReadAsync(request, cancellationToken));
    }

    private static Dictionary<string, string> Read(byte[] form)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        FormReader.Read(form, pairs);
        FormReader.RefuseDuplicates(pairs);
        return pairs.ToDictionary(StringComparer.Ordinal);
    }
}
