namespace Daypass.Signing;

/// <summary>Whether a credential scope is the expected one. All that is wrong with it is said at once.</summary>
internal static class SigV4Scope
{
    public const int LongestRegion = 63;

    public static SigningError? Check(SigV4Authorization authorization, SigV4Rules rules)
    {
        var regionIsRight = IsRegionRight(authorization, rules.Region);
        var day = authorization.Timestamp[..8];
        if (regionIsRight && authorization.Service == rules.Service && authorization.Terminator == SigV4.Terminator && authorization.Date == day)
            return null;
        List<string> wrong = [];
        if (!regionIsRight)
            wrong.Add(authorization.RegionSet is { } set
                ? $"'X-Amz-Region-Set' should be a list of regions with this one among them, not '{SigningErrors.Quote(set)}'."
                : $"Credential should be scoped to a valid region, not '{SigningErrors.Quote(authorization.Region)}'.");
        if (authorization.Service != rules.Service)
            wrong.Add($"Credential should be scoped to correct service: '{rules.Service}'.");
        if (authorization.Terminator != SigV4.Terminator)
            wrong.Add($"Credential should be scoped with a valid terminator: 'aws4_request', not '{SigningErrors.Quote(authorization.Terminator)}'.");
        if (authorization.Date != day)
            wrong.Add($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{SigningErrors.Quote(authorization.Date)}' != '{day}', from '{authorization.Timestamp}'.");
        return SigningErrors.Mismatch(string.Join(' ', wrong));
    }

    public static bool IsInRegion(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private static bool IsRegionRight(SigV4Authorization authorization, string? region)
    {
        if (authorization.RegionSet is { } set)
            return RegionSet.Covers(set, region);
        return region is null ? IsRegion(authorization.Region) : authorization.Region == region;
    }

    private static bool IsRegion(string text)
    {
        foreach (var character in text)
        {
            if (!IsInRegion(character))
                return false;
        }
        return text.Length is >= 1 and <= LongestRegion;
    }
}
