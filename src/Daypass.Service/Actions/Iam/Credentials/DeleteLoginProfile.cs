namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>Would take a user's console password away. No user has one; clients ask before they delete a user.</summary>
internal sealed class DeleteLoginProfile : NoLoginProfile;
