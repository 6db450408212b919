namespace Daypass.Service.Actions.Iam.Credentials;

/// <summary>A user's console password. There is no console here, so no user has one.</summary>
internal sealed class GetLoginProfile : NoLoginProfile;
