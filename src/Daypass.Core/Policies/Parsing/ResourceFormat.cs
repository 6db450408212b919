using Daypass.Policies.Matching;

namespace Daypass.Policies.Parsing;

/// <summary>IAM's checks of a resource's ARN. They stop at the first fault.</summary>
internal static class ResourceFormat
{
    /// <summary>What may stand behind <c>arn:</c>.</summary>
    public static readonly string[] Partitions =
        ["*", "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

    private static readonly string[] IamPaths =
    [
        "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/", "server-certificate/",
        "policy/", "sms-mfa/", "saml-provider/", "oidc-provider/", "ldap-provider/", "report/", "access-report/",
    ];

    /// <summary>The message for a resource, or null.</summary>
    public static string? FaultIn(string resource)
    {
        if (resource.Length > 0 && !resource.AsSpan().ContainsAnyExcept('*'))
            return null;
        var fields = resource.Split(':', ArnFields.Count);
        if (fields.Length == 1 || fields[0] != "arn")
            return PolicyMessages.NotArn(resource);
        if (!Partitions.Contains(fields[1], StringComparer.Ordinal))
            return PolicyMessages.BadPartition(fields[1], Pad(fields));
        if (fields.Length < 3 || fields[2].Length == 0 || fields[2].AsSpan().ContainsAny('*', '?'))
            return PolicyMessages.VendorNotQualified;
        return FaultInService(resource, fields);
    }

    private static string? FaultInService(string resource, string[] fields)
    {
        var isIam = fields[2] == "iam";
        if (fields.Length > 3 && fields[3] is not ("" or "*") && (isIam || fields[2] == "s3"))
            return isIam ? PolicyMessages.IamRegion(resource) : PolicyMessages.Region(resource);
        return isIam && fields.Length == ArnFields.Count && !IsIamPath(fields[5]) ? PolicyMessages.IamPath : null;
    }

    /// <summary>A path may also be cut short by a wildcard, and the account's root is a resource too.</summary>
    private static bool IsIamPath(string path)
    {
        var literal = path.AsSpan().IndexOfAny('*', '?') is var wildcard and >= 0 ? path[..wildcard] : path;
        var isCut = literal.Length < path.Length;
        return path is "*" or "root"
            || IamPaths.Any(known => path.StartsWith(known, StringComparison.Ordinal) || (isCut && known.StartsWith(literal, StringComparison.Ordinal)));
    }

    private static string Pad(string[] fields) =>
        string.Join(':', Enumerable.Range(0, ArnFields.Count).Select(i => i < fields.Length && (fields[i].Length > 0 || i > 2) ? fields[i] : "*"));
}
