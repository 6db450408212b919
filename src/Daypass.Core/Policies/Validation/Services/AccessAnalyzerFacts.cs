namespace Daypass.Policies.Validation.Services;

/// <summary>What IAM Access Analyzer knows of itself; its actions have the prefix access-analyzer.</summary>
internal static class AccessAnalyzerFacts
{
    public const string Text = """
        resource analyzer arn:*:access-analyzer:*:*:analyzer/* tags
        resource archiverule arn:*:access-analyzer:*:*:analyzer/*/archive-rule/*
        action ApplyArchiveRule analyzer
        action CancelPolicyGeneration
        action CheckAccessNotGranted
        action CheckNoNewAccess
        action CheckNoPublicAccess
        action CreateAccessPreview analyzer
        action CreateAnalyzer analyzer
        action CreateArchiveRule analyzer,archiverule
        action CreateServiceLinkedAnalyzer analyzer
        action DeleteAnalyzer analyzer
        action DeleteArchiveRule analyzer,archiverule
        action DeleteServiceLinkedAnalyzer analyzer
        action GenerateFindingRecommendation analyzer
        action GetAccessPreview analyzer
        action GetAnalyzedResource analyzer
        action GetAnalyzer analyzer
        action GetArchiveRule analyzer,archiverule
        action GetFinding analyzer
        action GetFindingRecommendation analyzer
        action GetFindingV2 analyzer
        action GetFindingsStatistics analyzer
        action GetGeneratedPolicy
        action ListAccessPreviewFindings analyzer
        action ListAccessPreviews analyzer
        action ListAnalyzedResources analyzer
        action ListAnalyzers
        action ListArchiveRules analyzer
        action ListFindings analyzer
        action ListFindingsV2 analyzer
        action ListPolicyGenerations
        action ListTagsForResource analyzer
        action StartPolicyGeneration
        action StartResourceScan analyzer
        action TagResource analyzer
        action UntagResource analyzer
        action UpdateAnalyzer analyzer
        action UpdateArchiveRule analyzer,archiverule
        action UpdateFindings analyzer
        action ValidatePolicy
        """;
}
