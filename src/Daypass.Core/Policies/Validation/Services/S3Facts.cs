namespace Daypass.Policies.Validation.Services;

/// <summary>What S3 knows of itself: for services that speak its language.</summary>
internal static class S3Facts
{
    public const string Text = """
        resource bucket arn:*:s3:::{name} tags
        resource object arn:*:s3:::{name}/*
        resource accesspoint arn:*:s3:*:*:accesspoint/* tags
        resource accesspointobject arn:*:s3:*:*:accesspoint/*/object/*
        resource objectlambdaaccesspoint arn:*:s3-object-lambda:*:*:accesspoint/*
        resource multiregionaccesspoint arn:*:s3::*:accesspoint/*
        resource multiregionrequest arn:*:s3:us-west-2:*:async-request/mrap/*
        resource job arn:*:s3:*:*:job/*
        resource storagelens arn:*:s3:*:*:storage-lens/*
        resource storagelensgroup arn:*:s3:*:*:storage-lens-group/* tags
        resource accessgrants arn:*:s3:*:*:access-grants/* tags
        key s3:AccessGrantsInstanceArn ARN
        key s3:AccessGrantScope String
        key s3:AccessGrantsLocationScope String
        key s3:AccessPointNetworkOrigin String
        key s3:AccessPointTag/* String
        key s3:BucketTag/* String
        key s3:DataAccessPointAccount String
        key s3:DataAccessPointArn ARN
        key s3:ExistingJobOperation String
        key s3:ExistingJobPriority Numeric
        key s3:ExistingObjectTag/* String
        key s3:InventoryAccessibleOptionalFields String many
        key s3:JobSuspendedCause String
        key s3:LocationConstraint String
        key s3:ObjectCreationOperation Bool
        key s3:RequestJobOperation String
        key s3:RequestJobPriority Numeric
        key s3:RequestObjectTag/* String
        key s3:RequestObjectTagKeys String many
        key s3:ResourceAccount String
        key s3:TlsVersion Numeric
        key s3:VersionId String
        key s3:authType String
        key s3:delimiter String
        key s3:destinationRegion String
        key s3:if-match String
        key s3:if-none-match String
        key s3:isReplicationPauseRequest Bool
        key s3:max-keys Numeric
        key s3:object-lock-legal-hold String
        key s3:object-lock-mode String
        key s3:object-lock-remaining-retention-days Numeric
        key s3:object-lock-retain-until-date Date
        key s3:prefix String
        key s3:signatureAge Numeric
        key s3:signatureversion String
        key s3:x-amz-acl String
        key s3:x-amz-content-sha256 String
        key s3:x-amz-copy-source String
        key s3:x-amz-grant-full-control String
        key s3:x-amz-grant-read String
        key s3:x-amz-grant-read-acp String
        key s3:x-amz-grant-write String
        key s3:x-amz-grant-write-acp String
        key s3:x-amz-metadata-directive String
        key s3:x-amz-object-ownership String
        key s3:x-amz-server-side-encryption String
        key s3:x-amz-server-side-encryption-aws-kms-key-id ARN
        key s3:x-amz-server-side-encryption-customer-algorithm String
        key s3:x-amz-storage-class String
        key s3:x-amz-website-redirect-location String
        action AbortMultipartUpload object,accesspointobject
        action AssociateAccessGrantsIdentityCenter accessgrants
        action BypassGovernanceRetention object,accesspointobject
        action CreateAccessGrant accessgrants
        action CreateAccessGrantsInstance accessgrants
        action CreateAccessGrantsLocation accessgrants
        action CreateAccessPoint accesspoint
        action CreateAccessPointForObjectLambda objectlambdaaccesspoint
        action CreateBucket bucket
        action CreateBucketMetadataTableConfiguration bucket
        action CreateJob
        action CreateMultiRegionAccessPoint multiregionaccesspoint
        action CreateStorageLensGroup
        action DeleteAccessGrant accessgrants
        action DeleteAccessGrantsInstance accessgrants
        action DeleteAccessGrantsInstanceResourcePolicy accessgrants
        action DeleteAccessGrantsLocation accessgrants
        action DeleteAccessPoint accesspoint
        action DeleteAccessPointForObjectLambda objectlambdaaccesspoint
        action DeleteAccessPointPolicy accesspoint
        action DeleteAccessPointPolicyForObjectLambda objectlambdaaccesspoint
        action DeleteAccessPointScope accesspoint
        action DeleteBucket bucket
        action DeleteBucketMetadataTableConfiguration bucket
        action DeleteBucketOwnershipControls bucket
        action DeleteBucketPolicy bucket
        action DeleteBucketWebsite bucket
        action DeleteJobTagging job
        action DeleteMultiRegionAccessPoint multiregionaccesspoint
        action DeleteObject object,accesspointobject
        action DeleteObjectTagging object,accesspointobject
        action DeleteObjectVersion object,accesspointobject
        action DeleteObjectVersionTagging object,accesspointobject
        action DeleteStorageLensConfiguration storagelens
        action DeleteStorageLensConfigurationTagging storagelens
        action DeleteStorageLensGroup storagelensgroup
        action DescribeJob job
        action DescribeMultiRegionAccessPointOperation multiregionrequest
        action DissociateAccessGrantsIdentityCenter accessgrants
        action GetAccelerateConfiguration bucket
        action GetAccessGrant accessgrants
        action GetAccessGrantsInstance accessgrants
        action GetAccessGrantsInstanceForPrefix accessgrants
        action GetAccessGrantsInstanceResourcePolicy accessgrants
        action GetAccessGrantsLocation accessgrants
        action GetAccessPoint accesspoint
        action GetAccessPointConfigurationForObjectLambda objectlambdaaccesspoint
        action GetAccessPointForObjectLambda objectlambdaaccesspoint
        action GetAccessPointPolicy accesspoint
        action GetAccessPointPolicyForObjectLambda objectlambdaaccesspoint
        action GetAccessPointPolicyStatus accesspoint
        action GetAccessPointPolicyStatusForObjectLambda objectlambdaaccesspoint
        action GetAccessPointScope accesspoint
        action GetAccountPublicAccessBlock
        action GetAnalyticsConfiguration bucket
        action GetBucketAbac bucket
        action GetBucketAcl bucket
        action GetBucketCORS bucket
        action GetBucketLocation bucket
        action GetBucketLogging bucket
        action GetBucketMetadataTableConfiguration bucket
        action GetBucketNotification bucket
        action GetBucketObjectLockConfiguration bucket
        action GetBucketOwnershipControls bucket
        action GetBucketPolicy bucket
        action GetBucketPolicyStatus bucket
        action GetBucketPublicAccessBlock bucket
        action GetBucketRequestPayment bucket
        action GetBucketTagging bucket
        action GetBucketVersioning bucket
        action GetBucketWebsite bucket
        action GetDataAccess accessgrants
        action GetEncryptionConfiguration bucket
        action GetIntelligentTieringConfiguration bucket
        action GetInventoryConfiguration bucket
        action GetJobTagging job
        action GetLifecycleConfiguration bucket
        action GetMetricsConfiguration bucket
        action GetMultiRegionAccessPoint multiregionaccesspoint
        action GetMultiRegionAccessPointPolicy multiregionaccesspoint
        action GetMultiRegionAccessPointPolicyStatus multiregionaccesspoint
        action GetMultiRegionAccessPointRoutes multiregionaccesspoint
        action GetObject object,accesspointobject
        action GetObjectAcl object,accesspointobject
        action GetObjectAttributes object,accesspointobject
        action GetObjectLegalHold object,accesspointobject
        action GetObjectRetention object,accesspointobject
        action GetObjectTagging object,accesspointobject
        action GetObjectTorrent object,accesspointobject
        action GetObjectVersion object,accesspointobject
        action GetObjectVersionAcl object,accesspointobject
        action GetObjectVersionAttributes object,accesspointobject
        action GetObjectVersionForReplication object,accesspointobject
        action GetObjectVersionTagging object,accesspointobject
        action GetObjectVersionTorrent object,accesspointobject
        action GetReplicationConfiguration bucket
        action GetStorageLensConfiguration storagelens
        action GetStorageLensConfigurationTagging storagelens
        action GetStorageLensDashboard storagelens
        action GetStorageLensGroup storagelensgroup
        action InitiateReplication object,accesspointobject
        action ListAccessGrants accessgrants
        action ListAccessGrantsInstances
        action ListAccessGrantsLocations accessgrants
        action ListAccessPoints
        action ListAccessPointsForObjectLambda
        action ListAllMyBuckets
        action ListBucket bucket,accesspoint
        action ListBucketMultipartUploads bucket,accesspoint
        action ListBucketVersions bucket,accesspoint
        action ListCallerAccessGrants accessgrants
        action ListJobs
        action ListMultiRegionAccessPoints
        action ListMultipartUploadParts object,accesspointobject
        action ListStorageLensConfigurations
        action ListStorageLensGroups
        action ListTagsForResource bucket,accesspoint,storagelensgroup,accessgrants
        action ObjectOwnerOverrideToBucketOwner object,accesspointobject
        action PauseReplication bucket
        action PutAccelerateConfiguration bucket
        action PutAccessGrantsInstanceResourcePolicy accessgrants
        action PutAccessPointConfigurationForObjectLambda objectlambdaaccesspoint
        action PutAccessPointPolicy accesspoint
        action PutAccessPointPolicyForObjectLambda objectlambdaaccesspoint
        action PutAccessPointPublicAccessBlock
        action PutAccessPointScope accesspoint
        action PutAccountPublicAccessBlock
        action PutAnalyticsConfiguration bucket
        action PutBucketAbac bucket
        action PutBucketAcl bucket
        action PutBucketCORS bucket
        action PutBucketLogging bucket
        action PutBucketNotification bucket
        action PutBucketObjectLockConfiguration bucket
        action PutBucketOwnershipControls bucket
        action PutBucketPolicy bucket
        action PutBucketPublicAccessBlock bucket
        action PutBucketRequestPayment bucket
        action PutBucketTagging bucket
        action PutBucketVersioning bucket
        action PutBucketWebsite bucket
        action PutEncryptionConfiguration bucket
        action PutIntelligentTieringConfiguration bucket
        action PutInventoryConfiguration bucket
        action PutJobTagging job
        action PutLifecycleConfiguration bucket
        action PutMetricsConfiguration bucket
        action PutMultiRegionAccessPointPolicy multiregionaccesspoint
        action PutObject object,accesspointobject
        action PutObjectAcl object,accesspointobject
        action PutObjectLegalHold object,accesspointobject
        action PutObjectRetention object,accesspointobject
        action PutObjectTagging object,accesspointobject
        action PutObjectVersionAcl object,accesspointobject
        action PutObjectVersionTagging object,accesspointobject
        action PutReplicationConfiguration bucket
        action PutStorageLensConfiguration
        action PutStorageLensConfigurationTagging storagelens
        action ReplicateDelete object,accesspointobject
        action ReplicateObject object,accesspointobject
        action ReplicateTags object,accesspointobject
        action RestoreObject object,accesspointobject
        action SubmitMultiRegionAccessPointRoutes multiregionaccesspoint
        action TagResource bucket,accesspoint,storagelensgroup,accessgrants
        action UntagResource bucket,accesspoint,storagelensgroup,accessgrants
        action UpdateAccessGrantsLocation accessgrants
        action UpdateBucketMetadataInventoryTableConfiguration bucket
        action UpdateBucketMetadataJournalTableConfiguration bucket
        action UpdateJobPriority job
        action UpdateJobStatus job
        action UpdateObjectEncryption object,accesspointobject
        action UpdateStorageLensGroup storagelensgroup
        """;
}
