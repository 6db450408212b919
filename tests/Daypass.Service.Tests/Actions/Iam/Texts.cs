namespace Daypass.Service.Tests.Actions.Iam;

/// <summary>Policy texts that the tests of roles, policies and attachments share.</summary>
internal static class Texts
{
    public const string TrustsAccount = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";

    public const string AllowsAll = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    public const string AllowsListing = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:List*","Resource":"*"}}""";

    public const string Administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

    public const string Limits = "arn:aws:iam::123456789012:policy/limits";

    public const string IfBoundaryIsLimits = $$$"""{"StringEquals":{"iam:PermissionsBoundary":"{{{Limits}}}"}}""";

    public const string IfPolicyIsLimits = $$$"""{"ArnEquals":{"iam:PolicyARN":"{{{Limits}}}"}}""";

    public static string Trusting(string principal, string type = "AWS", string action = "sts:AssumeRole") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"{{type}}":"{{principal}}"},"Action":"{{action}}"}]}""";
}
