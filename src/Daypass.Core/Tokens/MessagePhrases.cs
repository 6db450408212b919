namespace Daypass.Tokens;

/// <summary>
/// What <see cref="MessageText"/> writes short. The place of a phrase is its code on the wire, and libraries of other versions have sent it: new ones go to the
/// end, and none is ever changed or taken away. The first 31 take one byte, the others two; there may be 287.
/// </summary>
internal static class MessagePhrases
{
    public static readonly string[] All =
    [
        // One byte: what stands in every statement and every key.
        "{\"key\":\"aws:", "{\"key\":\"", "\",\"values\":{\"items\":[{\"value\":\"", "\"}]}},", "\"}]}}", "{\"items\":[", "]}", "\"},{\"value\":\"",
        ",\"effect\":\"Allow\",\"line\":", ",\"effect\":\"Deny\",\"line\":", ",\"column\":", ",\"matched\":true,\"lacks\":[", ",\"matched\":false,\"lacks\":[",
        "{\"element\":\"action\"}", "{\"element\":\"resource\"}", "{\"element\":\"condition\",\"operator\":\"", "\",\"key\":\"", "\",\"wanted\":[\"", "\"],\"found\":[\"",
        "\"],\"missingKeys\":[\"", "\"]}", "\",\"index\":", "{\"index\":", "{\"sid\":\"", "]},", "\"},", "\",\"", "arn:aws:iam::", "{\"id\":\"", "\",\"arn\":\"", "\",\"statements\":[",

        // Two bytes: what stands in a message once or twice.
        "{\"allowed\":false,\"explicitDeny\":false,\"matchedStatements\":{\"items\":[]},\"failures\":{\"items\":[]},\"context\":{\"principal\":{\"id\":\"",
        "{\"allowed\":false,\"explicitDeny\":true,\"matchedStatements\":{\"items\":[{\"statementId\":\"", "\",\"effect\":\"DENY\",\"principals\":{\"items\":[{\"value\":\"",
        "\"}]},\"principalGroups\":{\"items\":[]},\"actions\":{\"items\":[{\"value\":\"", "\"}]},\"resources\":{\"items\":[{\"value\":\"", "\"}]},\"conditions\":{\"items\":[",
        "{\"operator\":\"", "\"}]},\"conditions\":{\"items\":[]}}]},\"failures\":{\"items\":[]},\"context\":{\"principal\":{\"id\":\"",
        "]}}]},\"failures\":{\"items\":[]},\"context\":{\"principal\":{\"id\":\"", "\"},\"action\":\"", "\",\"resource\":\"", "\",\"conditions\":{\"items\":[", "]}},\"trace\":{\"decision\":\"",
        "]}},\"trace\":{\"decision\":\"implicitDeny\",\"reason\":\"", "]}},\"trace\":{\"decision\":\"explicitDeny\",\"reason\":\"explicitDeny\",\"policyType\":\"",
        "noIdentityPolicyAllows\",\"policyType\":\"identity\"", "noResourcePolicyAllows\",\"policyType\":\"resource\"", "noTrustPolicyAllows\",\"policyType\":\"trust\"",
        "noBoundaryAllows\",\"policyType\":\"boundary\"", "noSessionPolicyAllows\",\"policyType\":\"session\"", "noServiceControlPolicyAllows\",\"policyType\":\"serviceControl\"",
        "noResourceControlPolicyAllows\",\"policyType\":\"resourceControl\"", ",\"nearest\":{\"policy\":{\"id\":\"", ",\"decisive\":{\"policy\":{\"id\":\"", ",\"withheld\":false,\"sets\":[",
        ",\"withheld\":true,\"sets\":[", "{\"type\":\"identity\",\"outcome\":\"silent\",\"policies\":[", "{\"type\":\"identity\",\"outcome\":\"allows\",\"policies\":[",
        "{\"type\":\"identity\",\"outcome\":\"denies\",\"policies\":[", "{\"type\":\"resource\",\"outcome\":\"silent\",\"policies\":[", "{\"type\":\"trust\",\"outcome\":\"silent\",\"policies\":[",
        "{\"type\":\"boundary\",\"outcome\":\"silent\",\"policies\":[", "{\"type\":\"boundary\",\"outcome\":\"allows\",\"policies\":[", "{\"type\":\"session\",\"outcome\":\"silent\",\"policies\":[",
        "{\"type\":\"session\",\"outcome\":\"allows\",\"policies\":[", "{\"type\":\"resource\",\"outcome\":\"", "{\"type\":\"trust\",\"outcome\":\"", "{\"type\":\"boundary\",\"outcome\":\"",
        "{\"type\":\"session\",\"outcome\":\"", "\",\"namedAs\":\"direct\"", "\",\"namedAs\":\"entity\"", "\",\"namedAs\":\"account\"", ",\"namedAs\":\"direct\"", ",\"namedAs\":\"entity\"",
        ",\"namedAs\":\"account\"", ",\"policies\":[", ",\"omitted\":", "{\"element\":\"principal\"}", "\"missingKeys\":[\"", "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "ArnLike",
        "ArnEquals", "ArnNotLike", "IpAddress", "NotIpAddress", "Bool", "Numeric", "Date", "ForAnyValue:", "ForAllValues:", "IfExists",

        // The keys that Daypass fills for every request.
        "{\"key\":\"aws:CurrentTime\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:EpochTime\",\"values\":{\"items\":[{\"value\":\"",
        "{\"key\":\"aws:MultiFactorAuthPresent\",\"values\":{\"items\":[{\"value\":\"true\"}]}},", "{\"key\":\"aws:MultiFactorAuthPresent\",\"values\":{\"items\":[{\"value\":\"false\"}]}},",
        "{\"key\":\"aws:MultiFactorAuthAge\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:PrincipalAccount\",\"values\":{\"items\":[{\"value\":\"",
        "{\"key\":\"aws:PrincipalArn\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:PrincipalIsAWSService\",\"values\":{\"items\":[{\"value\":\"false\"}]}},",
        "{\"key\":\"aws:PrincipalOrgID\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:PrincipalTag/", "{\"key\":\"aws:PrincipalType\",\"values\":{\"items\":[{\"value\":\"User\"}]}},",
        "{\"key\":\"aws:PrincipalType\",\"values\":{\"items\":[{\"value\":\"AssumedRole\"}]}},", "{\"key\":\"aws:RequestedRegion\",\"values\":{\"items\":[{\"value\":\"",
        "{\"key\":\"aws:RequestTag/", "{\"key\":\"aws:ResourceAccount\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:ResourceTag/",
        "{\"key\":\"aws:SecureTransport\",\"values\":{\"items\":[{\"value\":\"true\"}]}},", "{\"key\":\"aws:SecureTransport\",\"values\":{\"items\":[{\"value\":\"false\"}]}},",
        "{\"key\":\"aws:SourceIdentity\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:SourceIp\",\"values\":{\"items\":[{\"value\":\"",
        "{\"key\":\"aws:TagKeys\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:TokenIssueTime\",\"values\":{\"items\":[{\"value\":\"",
        "{\"key\":\"aws:UserAgent\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:userid\",\"values\":{\"items\":[{\"value\":\"",
        "{\"key\":\"aws:username\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"aws:ViaAWSService\",\"values\":{\"items\":[{\"value\":\"false\"}]}}",
        "{\"key\":\"sts:ExternalId\",\"values\":{\"items\":[{\"value\":\"", "{\"key\":\"sts:RoleSessionName\",\"values\":{\"items\":[{\"value\":\"",
        "arn:aws:sts::", "arn:aws:s3:::", "arn:aws:", ":assumed-role/", ":user/", ":role/", ":policy/", "PrincipalTag/", "aws:",
    ];
}
