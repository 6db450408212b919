using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Policies;

/// <summary>The validator's tables of services know every action that this server has: a policy about one of them is never called wrong.</summary>
public sealed class KnownActions
{
    [Fact]
    public void Every_action_of_the_catalog_is_known_to_the_validator()
    {
        // A certificate's holder is let in by the role alone: CreateSession is nothing that a policy could name, as in AWS.
        var actions = string.Join("\",\"", new ActionCatalog().All.Where(action => action.Proof != Proof.Certificate).Select(action => $"{action.Service.Name}:{action.Name}"));
        var findings = PolicyValidator.Validate($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["{{actions}}"],"Resource":"*"}]}""", PolicyType.Identity, new() { MaxSize = int.MaxValue });
        Assert.Empty(findings.Select(finding => finding.Details));
    }

    [Fact]
    public void Every_action_of_the_uproject_dialect_is_known_in_its_documents()
    {
        var actions = string.Join("\",\"", new ActionCatalog().Uproject.All.Select(action => $"{action.Service.Name}:{action.Name}").Where(name => !IsFree(name)));
        var findings = PolicyValidator.Validate(
            $$"""{"Version":"1","Statement":[{"Effect":"Deny","Action":["{{actions}}"],"Resource":"*"}]}""", PolicyType.Identity, new() { MaxSize = int.MaxValue, Syntax = PolicySyntax.Uproject });
        Assert.Empty(findings.Select(finding => finding.Details));
    }

    // No policy can give or take them.
    private static bool IsFree(string name) => name is "iam:GetRegion" or "iam:GetProjectList" or "iam:GetUserInfo";
}
