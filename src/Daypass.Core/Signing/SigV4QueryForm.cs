using System.Globalization;

namespace Daypass.Signing;

/// <summary>The presigned URL: the signature's parts are X-Amz-* parameters, of which the first of a name counts; of region sets there may be one.</summary>
internal static class SigV4QueryForm
{
    public const string Algorithm = "X-Amz-Algorithm";
    public const string Credential = "X-Amz-Credential";
    public const string Date = "X-Amz-Date";
    public const string Expires = "X-Amz-Expires";
    public const string RegionSet = "X-Amz-Region-Set";
    public const string SecurityToken = "X-Amz-Security-Token";
    public const string Signature = "X-Amz-Signature";
    public const string SignedHeaders = "X-Amz-SignedHeaders";

    // Seven days: the most that AWS gives any presigned URL.
    public const int MaxExpires = 604_800;

    public static SigV4Authorization? Parse(in SignableRequest request, string algorithm, out SigningError? error)
    {
        var query = request.Query;
        var credential = QueryString.First(query, Credential);
        var signature = QueryString.First(query, Signature);
        var signedHeaders = QueryString.First(query, SignedHeaders);
        var date = QueryString.First(query, Date);
        var expiresError = ReadExpires(QueryString.First(query, Expires), out var expires);
        error = MissingParameters(credential, signature, signedHeaders, date) ?? expiresError;
        if (error is not null)
            return null;
        var token = QueryString.First(query, SecurityToken);
        var regions = algorithm == SigV4a.Algorithm ? QueryString.Only(query, RegionSet) : null;
        return SigV4Parser.Complete(
            new(algorithm, credential!, signedHeaders!, signature!, date!, token, regions, IsQuery: true, expires), out error);
    }

    private static SigningError? MissingParameters(string? credential, string? signature, string? signedHeaders, string? date)
    {
        List<string> missing = [];
        if (string.IsNullOrEmpty(credential))
            missing.Add(Credential);
        if (string.IsNullOrEmpty(signature))
            missing.Add(Signature);
        if (string.IsNullOrEmpty(signedHeaders))
            missing.Add(SignedHeaders);
        if (string.IsNullOrEmpty(date))
            missing.Add(Date);
        return missing.Count == 0 ? null : SigningErrors.Incomplete(string.Concat(missing.ConvertAll(name =>
            $"AWS query-string parameters must include '{name}'. ")) + "Re-examine the query-string parameters.");
    }

    private static SigningError? ReadExpires(string? text, out int? expires)
    {
        expires = null;
        if (text is null)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return SigningErrors.BadExpires("X-Amz-Expires should be a number");
        if (seconds < 1)
            return SigningErrors.BadExpires("X-Amz-Expires must be greater than 0");
        if (seconds > MaxExpires)
            return SigningErrors.BadExpires("X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");
        expires = (int)seconds;
        return null;
    }
}
