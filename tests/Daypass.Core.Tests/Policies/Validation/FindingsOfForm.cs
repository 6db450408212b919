using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>Faults of form: each row breaks one thing, and its neighbour shows that the thing alone is the reason.</summary>
public sealed class FindingsOfForm
{
    private const string Good = FindingTable.Good;
    private const string Assume = "'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sts:AssumeRole'";

    /// <summary>Type, code, a document with the fault, the same without.</summary>
    public static TheoryData<PolicyType, string, string, string> Documents => new()
    {
        { PolicyType.Identity, "JSON_SYNTAX_ERROR", "{'Version':'2012-10-17','Statement':[{" + Good + "},]}", "{'Version':'2012-10-17','Statement':[{" + Good + "}]}" },
        { PolicyType.Identity, "JSON_SYNTAX_ERROR", "{'Version':'2012-10-17','Version':'2012-10-17','Statement':[{" + Good + "}]}", "{'Version':'2012-10-17','Statement':[{" + Good + "}]}" },
        { PolicyType.Identity, "DATA_TYPE_MISMATCH", "[]", "{}" },
        { PolicyType.Identity, "DATA_TYPE_MISMATCH", "{'Version':'2012-10-17','Id':1,'Statement':[{" + Good + "}]}", "{'Version':'2012-10-17','Id':'1','Statement':[{" + Good + "}]}" },
        { PolicyType.Identity, "DATA_TYPE_MISMATCH", "{'Version':'2012-10-17','Statement':['x']}", "{'Version':'2012-10-17','Statement':[{}]}" },
        { PolicyType.Identity, "INVALID_POLICY_ELEMENT", "{'version':'2012-10-17'}", "{'Version':'2012-10-17'}" },
        { PolicyType.Resource, "INVALID_VERSION", "{'Version':'2013-10-17'}", "{'Version':'2008-10-17'}" },
        { PolicyType.Identity, "INVALID_VERSION", "{'Version':'2008-10-17'}", "{'Version':'2012-10-17'}" },
        { PolicyType.Identity, "MISSING_VERSION", "{'Statement':[{" + Good + "}]}", "{'Version':'2012-10-17','Statement':[{" + Good + "}]}" },
        { PolicyType.Session, "MISSING_VERSION", "{'Statement':[{" + Good + "}]}", "{'Version':'2008-10-17','Statement':[{" + Good + "}]}" },
        { PolicyType.Identity, "MISSING_STATEMENT", "{'Version':'2012-10-17','Statement':[]}", "{'Version':'2012-10-17','Statement':{" + Good + "}}" },
    };

    /// <summary>Type, code, a statement with the fault, the same without.</summary>
    public static TheoryData<PolicyType, string, string, string> Statements => new()
    {
        { PolicyType.Identity, "INVALID_POLICY_ELEMENT", Good + ",'Extra':1", Good },
        { PolicyType.Identity, "MISSING_EFFECT", "'Action':'s3:GetObject','Resource':'*'", Good },
        { PolicyType.Identity, "DATA_TYPE_MISMATCH", "'Effect':true,'Action':'s3:GetObject','Resource':'*'", Good },
        { PolicyType.Identity, "INVALID_EFFECT", "'Effect':'allow','Action':'s3:GetObject','Resource':'*'", Good },
        { PolicyType.Identity, "DATA_TYPE_MISMATCH", "'Effect':'Allow','Action':['s3:GetObject',null],'Resource':'*'", Good },
        { PolicyType.Identity, "MISSING_ACTION", "'Effect':'Allow','Resource':'*'", Good },
        { PolicyType.Identity, "MISSING_ACTION", "'Effect':'Allow','NotAction':[],'Resource':'*'", Good },
        { PolicyType.Identity, "MISSING_RESOURCE", "'Effect':'Allow','Action':'s3:GetObject'", Good },
        { PolicyType.Resource, "MISSING_PRINCIPAL", Good, Good + ",'Principal':{'AWS':'111111111111'}" },
        { PolicyType.Trust, "MISSING_PRINCIPAL", "'Effect':'Allow','Action':'sts:AssumeRole'", Assume },
        { PolicyType.Identity, "UNSUPPORTED_ELEMENT_COMBINATION", Good + ",'NotAction':'s3:PutObject'", Good },
        { PolicyType.Identity, "UNSUPPORTED_ELEMENT_COMBINATION", Good + ",'NotResource':'*'", Good },
        { PolicyType.Identity, "UNSUPPORTED_SID", Good + ",'Sid':'a b'", Good + ",'Sid':'ab'" },
        { PolicyType.Identity, "EMPTY_SID_VALUE", Good + ",'Sid':''", Good + ",'Sid':'a'" },
        { PolicyType.Identity, "DATA_TYPE_MISMATCH", Good + ",'Sid':1", Good + ",'Sid':'a'" },
        { PolicyType.Identity, "UNSUPPORTED_PRINCIPAL", Good + ",'Principal':'*'", Good },
        { PolicyType.Boundary, "UNSUPPORTED_PRINCIPAL", Good + ",'NotPrincipal':{'AWS':'111111111111'}", Good },
        { PolicyType.ServiceControl, "SCP_SYNTAX_ERROR_PRINCIPAL", Good + ",'Principal':'*'", Good },
        { PolicyType.Trust, "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", "'Effect':'Deny','NotPrincipal':{'AWS':'111111111111'},'Action':'sts:AssumeRole'", Assume },
        { PolicyType.Trust, "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", Assume + ",'Resource':'*'", Assume },
        { PolicyType.Trust, "UNSUPPORTED_ACTION_IN_POLICY", "'Effect':'Deny','Principal':'*','NotAction':'sts:AssumeRole'", Assume },
        { PolicyType.ResourceControl, "RCP_SYNTAX_ERROR_ALLOW", Good + ",'Principal':'*'", "'Effect':'Deny','Action':'s3:GetObject','Resource':'*','Principal':'*'" },
        { PolicyType.ResourceControl, "RCP_SYNTAX_ERROR_ACTION_WILDCARD", "'Effect':'Deny','Action':'*','Resource':'*','Principal':'*'", "'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':'*'" },
        { PolicyType.ResourceControl, "RCP_SYNTAX_ERROR_PRINCIPAL", "'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':{'AWS':'111111111111'}", "'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':{'AWS':'*'}" },
        { PolicyType.ResourceControl, "RCP_SYNTAX_ERROR_NOTACTION", "'Effect':'Deny','NotAction':'s3:*','Resource':'*','Principal':'*'", "'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':'*'" },
        { PolicyType.ResourceControl, "RCP_SYNTAX_ERROR_NOTPRINCIPAL", "'Effect':'Deny','Action':'s3:*','Resource':'*','NotPrincipal':'*'", "'Effect':'Deny','Action':'s3:*','Resource':'*','Principal':'*'" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_faulty_document_has_its_finding(PolicyType type, string code, string faulty, string sound) => FindingTable.AssertOnly(type, code, faulty, sound);

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_faulty_statement_has_its_finding(PolicyType type, string code, string faulty, string sound) =>
        A_faulty_document_has_its_finding(type, code, FindingTable.Document(faulty), FindingTable.Document(sound));

    [Fact]
    public void Two_statements_with_one_Sid_are_both_shown()
    {
        var finding = Assert.Single(FindingTable.Validate(PolicyType.Identity, FindingTable.Document(Good + ",'Sid':'a'", "'Effect':'Deny','Action':'s3:PutObject','Resource':'*','Sid':'a'")));
        Assert.Equal("UNIQUE_SIDS_REQUIRED", finding.IssueCode);
        Assert.Equal([1, 0], finding.Locations.Select(location => location.Path[1].Index!.Value));
    }
}
