namespace Daypass.Signing;

/// <summary>
/// The Authorization header: algorithm, then <c>Credential=.., SignedHeaders=.., Signature=..</c>, its fields in any order, the
/// last of a name counting, spaces around commas optional.
/// </summary>
internal static class SigV4HeaderForm
{
    public static SigV4Authorization? Parse(in SignableRequest request, ReadOnlySpan<string> accepted, out SigningError? error)
    {
        var value = (request.Headers.Get(HeaderNames.Authorization, 0) ?? "").Trim();
        var space = value.IndexOf(' ');
        var algorithm = space < 0 ? value : value[..space];
        if (!accepted.Contains(algorithm))
        {
            error = SigningErrors.UnsupportedAlgorithm(algorithm);
            return null;
        }
        string? credential = null, signature = null, signedHeaders = null;
        error = ReadFields(value, value.AsSpan(algorithm.Length).Trim(), ref credential, ref signature, ref signedHeaders);
        var date = Only(request.Headers, HeaderNames.AmzDate) ?? Only(request.Headers, HeaderNames.Date);
        error ??= MissingFields(value, credential, signature, signedHeaders, date);
        if (error is not null)
            return null;
        var token = Only(request.Headers, HeaderNames.SecurityToken);
        var regions = algorithm == SigV4a.Algorithm && request.Headers.Count(HeaderNames.RegionSet) == 1 ? request.Headers.Get(HeaderNames.RegionSet, 0) : null;
        return SigV4Parser.Complete(new(algorithm, credential!, signedHeaders!, signature!, date!, token, regions, IsQuery: false), out error);
    }

    private static SigningError? ReadFields(string whole, ReadOnlySpan<char> fields, ref string? credential, ref string? signature, ref string? signedHeaders)
    {
        if (fields.IsEmpty)
            return null;
        foreach (var range in fields.Split(','))
        {
            var field = fields[range].Trim();
            var equals = field.IndexOf('=');
            if (equals < 0)
                return SigningErrors.Incomplete(
                    $"'{SigningErrors.Quote(field.ToString())}' not a valid key=value pair (missing equal-sign) in Authorization header: '{SigningErrors.Quote(whole)}'.");
            var text = field[(equals + 1)..].TrimStart().ToString();
            switch (field[..equals].TrimEnd())
            {
                case "Credential": credential = text; break;
                case "Signature": signature = text; break;
                case "SignedHeaders": signedHeaders = text; break;
            }
        }
        return null;
    }

    private static SigningError? MissingFields(string whole, string? credential, string? signature, string? signedHeaders, string? date)
    {
        List<string> missing = [];
        if (string.IsNullOrEmpty(credential))
            missing.Add("Authorization header requires 'Credential' parameter.");
        if (string.IsNullOrEmpty(signature))
            missing.Add("Authorization header requires 'Signature' parameter.");
        if (string.IsNullOrEmpty(signedHeaders))
            missing.Add("Authorization header requires 'SignedHeaders' parameter.");
        if (date is null)
            missing.Add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
        return missing.Count == 0 ? null : SigningErrors.Incomplete($"{string.Join(' ', missing)} Authorization={SigningErrors.Quote(whole)}");
    }

    // A header that must be there once: sent twice it is read as HTTP joins it, which no date and no token looks like.
    private static string? Only(IRequestHeaders headers, string name)
    {
        var count = headers.Count(name);
        var value = count == 0 ? null : headers.Get(name, 0)?.Trim();
        for (var i = 1; i < count; i++)
            value = $"{value},{headers.Get(name, i)}";
        return value;
    }
}
