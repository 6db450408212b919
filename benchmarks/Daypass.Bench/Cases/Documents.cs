namespace Daypass.Bench.Cases;

/// <summary>Policies as people write them: several statements, wildcards, variables, conditions, a deny.</summary>
internal static class Documents
{
    /// <summary>On the group of all users.</summary>
    public static string Group(string account) => $$"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "OwnKeys",
              "Effect": "Allow",
              "Action": ["iam:GetUser", "iam:ListAccessKeys", "iam:CreateAccessKey", "iam:DeleteAccessKey"],
              "Resource": "arn:aws:iam::{{account}}:user/ci/${aws:username}"
            },
            {
              "Sid": "ApplicationRoles",
              "Effect": "Allow",
              "Action": ["sts:AssumeRole", "sts:TagSession"],
              "Resource": "arn:aws:iam::{{account}}:role/app/*",
              "Condition": { "StringEquals": { "aws:RequestedRegion": ["us-east-1", "eu-central-1"] } }
            }
          ]
        }
        """;

    /// <summary>On each user.</summary>
    public const string User = """
        {
          "Version": "2012-10-17",
          "Statement": {
            "Sid": "FromOurNetworksOnly",
            "Effect": "Deny",
            "Action": "*",
            "Resource": "*",
            "Condition": { "NotIpAddress": { "aws:SourceIp": ["127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"] } }
          }
        }
        """;

    /// <summary>Who may assume the roles.</summary>
    public static string Trust(string account) => $$"""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Principal": { "AWS": "arn:aws:iam::{{account}}:root" },
              "Action": ["sts:AssumeRole", "sts:TagSession"],
              "Condition": {
                "StringEquals": { "sts:ExternalId": "{{Population.ExternalId}}" },
                "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::{{account}}:user/ci/*" }
              }
            }
          ]
        }
        """;

    /// <summary>Who may assume the roles that are assumed through uproject's API, which has no external ids: as many conditions.</summary>
    public static string UprojectTrust(string account) => Trust(account).Replace(
        $$""""StringEquals": { "sts:ExternalId": "{{Population.ExternalId}}" }"""", """"StringLike": { "sts:RoleSessionName": "build-*" }"""", StringComparison.Ordinal);

    /// <summary>On the protected service's own user.</summary>
    public const string Service = """
        { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["daypass:AcquireLeases", "daypass:ReportEvents"], "Resource": "*" } }
        """;

    /// <summary>What one session is held to.</summary>
    public const string Session = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::transaction-logs","arn:aws:s3:::transaction-logs/2026/*"]}]}
        """;

    /// <summary>What a role may do: read the logs, and nothing of anybody else's.</summary>
    public const string Role = """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectVersion"], "Resource": "arn:aws:s3:::transaction-logs/*" },
            {
              "Effect": "Allow",
              "Action": "s3:ListBucket",
              "Resource": "arn:aws:s3:::transaction-logs",
              "Condition": { "StringLike": { "s3:prefix": ["2026/*", "${aws:userid}/*"] } }
            },
            { "Effect": "Deny", "Action": "s3:*", "Resource": ["arn:aws:s3:::transaction-logs/private/*"] }
          ]
        }
        """;
}
