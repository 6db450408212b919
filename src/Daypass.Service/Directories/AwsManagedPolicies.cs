namespace Daypass.Service.Directories;

/// <summary>The AWS managed policies that exist here, by ARN. The documents are ours; what they allow is what their names promise.</summary>
internal static class AwsManagedPolicies
{
    private static readonly DateTimeOffset Made = new(2015, 2, 6, 18, 39, 46, TimeSpan.Zero);

    private static readonly Dictionary<string, ManagedPolicy> ByArn = new[]
    {
        Policy("AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", "Provides full access to all actions and resources.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "*",
                  "Resource": "*"
                }
              ]
            }
            """),
        Policy("ReadOnlyAccess", "ANPAILL3HVNFSB6DCOWYQ", "Provides read-only access to the services of this installation.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "iam:Get*",
                    "iam:List*",
                    "iam:Simulate*",
                    "iam:GenerateCredentialReport",
                    "sts:GetAccessKeyInfo",
                    "sts:GetCallerIdentity",
                    "organizations:Describe*",
                    "organizations:List*",
                    "cloudtrail:LookupEvents",
                    "cloudtrail:Get*",
                    "cloudtrail:List*",
                    "cloudtrail:Describe*",
                    "daypass:Describe*",
                    "daypass:GetDigest",
                    "daypass:GetLDAPProvider",
                    "daypass:GetLogFile",
                    "daypass:GetOpenIDConnectProviderSettings",
                    "daypass:List*",
                    "daypass:TraceEvent",
                    "s3:Get*",
                    "s3:List*"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """),
        Policy("IAMFullAccess", "ANPAI7XKCFMBPM3QQRRVQ", "Provides full access to IAM.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "iam:*",
                    "organizations:DescribeAccount",
                    "organizations:DescribeOrganization",
                    "organizations:ListAccounts"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """),
        Policy("IAMReadOnlyAccess", "ANPAJKSO7NDY4T57MWDSQ", "Provides read-only access to IAM.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "iam:GenerateCredentialReport",
                    "iam:Get*",
                    "iam:List*",
                    "iam:Simulate*"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """),
        Policy("AmazonS3FullAccess", "ANPAIFIR6V6BVTRAHWINE", "Provides full access to all buckets.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "s3:*",
                  "Resource": "*"
                }
              ]
            }
            """),
        Policy("AmazonS3ReadOnlyAccess", "ANPAIZTJ4DXE7G6AGAE6M", "Provides read-only access to all buckets.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "s3:Describe*",
                    "s3:Get*",
                    "s3:List*"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """),
        RootTask("S3UnlockBucketPolicy", "ANPAS3UNLOCKBUCKETPOL", "Lets a root session see and replace bucket policies that lock everybody out.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "s3:DeleteBucketPolicy",
                    "s3:GetBucketPolicy",
                    "s3:ListAllMyBuckets",
                    "s3:PutBucketPolicy"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """),
        RootTask("SQSUnlockQueuePolicy", "ANPASQSUNLOCKQUEUEPOL", "Lets a root session see and replace queue policies that lock everybody out.", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": [
                    "sqs:GetQueueAttributes",
                    "sqs:GetQueueUrl",
                    "sqs:ListQueues",
                    "sqs:SetQueueAttributes"
                  ],
                  "Resource": "*"
                }
              ]
            }
            """),
    }.ToDictionary(policy => policy.ArnIn("aws").ToString(), StringComparer.Ordinal);

    public static IEnumerable<ManagedPolicy> All => ByArn.Values;

    public static ManagedPolicy? Find(string arn) => ByArn.GetValueOrDefault(arn);

    private static ManagedPolicy RootTask(string name, string id, string description, string document) => Policy(name, id, description, document) with { Path = "/root-task/" };

    private static ManagedPolicy Policy(string name, string id, string description, string document) => new()
    {
        Name = name,
        Path = "/",
        Id = id,
        Created = Made,
        Updated = Made,
        Description = description,
        DefaultVersion = "v1",
        Versions = [new PolicyVersion("v1", Made, document)],
    };
}
