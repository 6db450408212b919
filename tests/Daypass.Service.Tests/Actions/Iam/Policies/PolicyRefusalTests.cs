using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Policies;

public sealed class PolicyRefusalTests
{
    private const string Missing = "arn:aws:iam::123456789012:policy/no";
    private readonly ActionBench _bench = new();

    public static TheoryData<string, string[], string, int, string> Refusals => new()
    {
        { "CreatePolicy", ["PolicyName", "Limits", "PolicyDocument", Texts.AllowsAll], "EntityAlreadyExists", 409, "A policy called Limits already exists. Duplicate names are not allowed." },
        { "CreatePolicy", ["PolicyName", "limits", "Path", "/other/", "PolicyDocument", Texts.AllowsAll], "EntityAlreadyExists", 409, "A policy called limits already exists. Duplicate names are not allowed." },
        { "CreatePolicy", ["PolicyName", "new", "PolicyDocument", "nonsense"], "MalformedPolicyDocument", 400, "This policy contains invalid Json" },
        { "CreatePolicy", ["PolicyName", "new", "PolicyDocument", Texts.TrustsAccount], "MalformedPolicyDocument", 400, "Policy statement must contain resources." },
        { "CreatePolicy", ["PolicyName", "new", "Path", "/a//b/", "PolicyDocument", Texts.AllowsAll], "ValidationError", 400, @"1 validation error detected: Value '/a//b/' at 'path' failed to satisfy constraint: Member must satisfy regular expression pattern: ((/[A-Za-z0-9\.,\+@=_-]+)*)/" },
        { "CreatePolicyVersion", ["PolicyArn", Texts.Limits, "PolicyDocument", "[]"], "MalformedPolicyDocument", 400, "Syntax errors in policy." },
        { "CreatePolicyVersion", ["PolicyArn", Missing, "PolicyDocument", Texts.AllowsAll], "NoSuchEntity", 404, $"Policy {Missing} was not found." },
        { "GetPolicy", ["PolicyArn", "not-an-arn-at-all-but-long"], "ValidationError", 400, "Invalid ARN:  Could not be parsed!" },
        { "GetPolicy", ["PolicyArn", "arn:aws:iam::123456789012:role/deployer"], "InvalidInput", 400, "ARN arn:aws:iam::123456789012:role/deployer is not valid." },
        { "GetPolicy", ["PolicyArn", "arn:aws:iam::123456789012:policy/LIMITS"], "NoSuchEntity", 404, "Policy arn:aws:iam::123456789012:policy/LIMITS was not found." },
        { "GetPolicy", ["PolicyArn", "arn:aws:iam::123456789012:policy/path/limits"], "NoSuchEntity", 404, "Policy arn:aws:iam::123456789012:policy/path/limits was not found." },
        { "GetPolicy", ["PolicyArn", "arn:aws:iam::999999999999:policy/limits"], "AccessDenied", 403, "User: arn:aws:iam::123456789012:user/admin is not authorized to perform: iam:GetPolicy on resource: arn:aws:iam::999999999999:policy/limits" },
        { "GetPolicyVersion", ["PolicyArn", Texts.Limits, "VersionId", "v9"], "NoSuchEntity", 404, $"Policy {Texts.Limits} version v9 does not exist or is not attachable." },
        { "GetPolicyVersion", ["PolicyArn", Texts.Limits, "VersionId", "v0"], "ValidationError", 400, @"1 validation error detected: Value 'v0' at 'versionId' failed to satisfy constraint: Member must satisfy regular expression pattern: v[1-9][0-9]*(\.[A-Za-z0-9-]*)?" },
        { "SetDefaultPolicyVersion", ["PolicyArn", Texts.Limits, "VersionId", "v2"], "NoSuchEntity", 404, $"Policy {Texts.Limits} version v2 does not exist or is not attachable." },
        { "DeletePolicyVersion", ["PolicyArn", Texts.Limits, "VersionId", "v2"], "NoSuchEntity", 404, $"Policy {Texts.Limits} version v2 does not exist or is not attachable." },
        { "DeletePolicyVersion", ["PolicyArn", Texts.Limits, "VersionId", "v1"], "DeleteConflict", 409, "Cannot delete the default version of a policy." },
        { "ListPolicyVersions", ["PolicyArn", Missing], "NoSuchEntity", 404, $"Policy {Missing} was not found." },
        { "ListPolicyTags", ["PolicyArn", Missing], "NoSuchEntity", 404, $"Policy {Missing} was not found." },
        { "ListEntitiesForPolicy", ["PolicyArn", Missing], "NoSuchEntity", 404, $"Policy {Missing} was not found." },
        { "DeletePolicy", ["PolicyArn", Missing], "NoSuchEntity", 404, $"Policy {Missing} was not found." },
        { "ListPolicies", ["Scope", "Some"], "ValidationError", 400, "1 validation error detected: Value 'Some' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_refusal_has_the_code_and_text_of_AWS(string action, string[] parameters, string code, int status, string message)
    {
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsListing));
        var error = _bench.Refusal(action, parameters.AsPairs());
        Assert.Equal((code, status, message), (error.Code, error.Status, error.Message));
    }
}
