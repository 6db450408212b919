using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.AccessAnalyzer;

/// <summary>What the actions of Access Analyzer read in the same way.</summary>
internal static class AnalyzerInput
{
    /// <summary>The most characters of a document: as many as IAM takes, which is far more than any policy may have.</summary>
    public const int MaxDocument = 131072;

    private static readonly string[] ValidatedTypes = ["IDENTITY_POLICY", "RESOURCE_POLICY", "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];

    private static readonly string[] ValidatedResources =
    [
        "AWS::S3::Bucket", "AWS::S3::AccessPoint", "AWS::S3::MultiRegionAccessPoint", "AWS::S3ObjectLambda::AccessPoint",
        PolicyValidationOptions.TrustPolicyResourceType, "AWS::DynamoDB::Table",
    ];

    // What the model lists. All but roles, whose trust policies have no Resource, are of one kind here.
    private static readonly string[] CheckedResources =
    [
        "AWS::DynamoDB::Table", "AWS::DynamoDB::Stream", "AWS::EFS::FileSystem", "AWS::OpenSearchService::Domain", "AWS::Kinesis::Stream",
        "AWS::Kinesis::StreamConsumer", "AWS::KMS::Key", "AWS::Lambda::Function", "AWS::S3::Bucket", "AWS::S3::AccessPoint",
        "AWS::S3Express::DirectoryBucket", "AWS::S3::Glacier", "AWS::S3Outposts::Bucket", "AWS::S3Outposts::AccessPoint",
        "AWS::SecretsManager::Secret", "AWS::SNS::Topic", "AWS::SQS::Queue", PolicyValidationOptions.TrustPolicyResourceType,
        "AWS::S3Tables::TableBucket", "AWS::ApiGateway::RestApi", "AWS::CodeArtifact::Domain", "AWS::Backup::BackupVault",
        "AWS::CloudTrail::Dashboard", "AWS::CloudTrail::EventDataStore", "AWS::S3Tables::Table", "AWS::S3Express::AccessPoint",
    ];

    /// <summary>None of these actions is about a resource.</summary>
    public static Question Permission(ApiAction action, Scene scene) => Question.Of(new Permission($"access-analyzer:{action.Name}", "*", scene.Caller.Account));

    /// <summary>A required policy text of any content: saying what is wrong with it is the point.</summary>
    public static string Document(Parameters wire, string name)
    {
        var text = wire.RequiredText(name, TextRules.Unlimited);
        wire.LimitCount(name, text.Length, MaxDocument);
        return text;
    }

    public static string ValidatedType(Parameters wire) => wire.RequiredWord("policyType", ValidatedTypes);

    public static string CheckedType(Parameters wire) => wire.RequiredWord("policyType", "IDENTITY_POLICY", "RESOURCE_POLICY");

    public static string CheckedResource(Parameters wire) => wire.RequiredWord("resourceType", CheckedResources);

    /// <summary>What a resource policy is for; of other policies it makes no sense.</summary>
    public static string? ValidatedResource(Parameters wire)
    {
        const string Name = "validatePolicyResourceType";
        var resource = wire.Word(Name, ValidatedResources);
        if (resource is not null && wire.Raw("policyType") is { } type && type != "RESOURCE_POLICY")
            wire.Violate(resource, Name, "Member must be absent unless policyType is RESOURCE_POLICY");
        return resource;
    }

    public static PolicyType TypeOf(string word) => word switch
    {
        "IDENTITY_POLICY" => PolicyType.Identity,
        "SERVICE_CONTROL_POLICY" => PolicyType.ServiceControl,
        "RESOURCE_CONTROL_POLICY" => PolicyType.ResourceControl,
        _ => PolicyType.Resource,
    };
}
