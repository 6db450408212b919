using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Documents cut down to one service.</summary>
public sealed class Slices
{
    private const string S3 = "{ 'Sid':'A', 'Effect':'Allow', 'Action':[ 's3:Get*' ], 'Resource':'*' }";
    private const string Ec2 = "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}";
    private const string All = "{'Effect':'Deny','Action':'*','Resource':'*'}";
    private const string Not = "{'Effect':'Allow','NotAction':'iam:*','Resource':'*'}";

    [Fact]
    public void A_slice_holds_what_can_concern_the_service_as_written()
    {
        var slice = Requests.Document(PolicyType.Identity, S3, Ec2, All, Not).Slice("s3");
        Assert.Equal(Requests.Json($"{{'Version':'2012-10-17','Statement':[{S3},{All},{Not}]}}"), slice);
    }

    [Theory]
    [InlineData(PolicyType.Identity, "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}")]
    [InlineData(PolicyType.Session, "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}")]
    [InlineData(PolicyType.Boundary, "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}")]
    [InlineData(PolicyType.ServiceControl, "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}")]
    [InlineData(PolicyType.Resource, "{'Effect':'Allow','Principal':'*','Action':'ec2:*','Resource':'*'}")]
    [InlineData(PolicyType.ResourceControl, "{'Effect':'Deny','Principal':'*','Action':'ec2:*','Resource':'*'}")]
    [InlineData(PolicyType.Trust, "{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole'}")]
    public void A_slice_of_nothing_is_a_legal_document_that_says_nothing(PolicyType type, string statement)
    {
        var slice = PolicyDocument.Parse(Requests.Document(type, statement).Slice("s3"), type);
        Assert.True(Assert.Single(slice.Statements).IsDeny);
        var set = new PolicySet
        {
            Identity = [Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'*'}"), new Policy(slice, "slice", null)],
            Resource = type is PolicyType.Resource or PolicyType.Trust ? [Requests.Policy(PolicyType.Resource, "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}"), new Policy(slice, "slice", null)] : [],
        };
        Assert.True(PolicyEvaluator.Evaluate(Requests.Request(), set).IsAllowed);
    }

    [Fact]
    public void A_slice_keeps_the_version_and_with_it_whether_variables_count()
    {
        var text = Requests.Json("{'Statement':{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::${aws:username}'}}");
        var slice = PolicyDocument.Parse(PolicyDocument.Parse(text, PolicyType.Resource).Slice("s3"), PolicyType.Resource);
        Assert.Equal("2008-10-17", slice.Version);
        var request = Requests.Request(resource: "arn:aws:s3:::bob", context: Requests.Context("aws:username=bob"));
        Assert.False(PolicyEvaluator.Evaluate(request, new PolicySet { Resource = [new Policy(slice, "slice", null)] }).IsAllowed);
    }

    [Fact]
    public void A_slice_of_a_slice_is_the_same_slice()
    {
        var slice = Requests.Document(PolicyType.Identity, S3, Ec2, Not).Slice("s3");
        Assert.Equal(slice, PolicyDocument.Parse(slice, PolicyType.Identity).Slice("S3"));
    }
}
