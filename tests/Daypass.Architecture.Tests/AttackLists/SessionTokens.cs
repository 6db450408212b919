namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>Attacks on the sealing of session tokens.</summary>
internal static class SessionTokens
{
    public static readonly Attack[] All =
    [
        new("T1", "cut at every length", "SessionTokenTests.A_token_cut_anywhere_does_not_open"),
        new("T2", "every bit turned", "SessionTokenTests.A_token_with_any_bit_changed_does_not_open"),
        new("T3", "bytes added", "SessionTokenTests \"extended by a byte\""),
        new("T4", "other base64: padding, white space, the URL alphabet", "SessionTokenTests \"with more padding\"", "SessionTokenTests \"with a line break inside\"", "SessionTokenTests \"with a space behind it\"", "SessionTokenTests \"in the URL alphabet\""),
        new("T5", "spare bits behind the last byte", "SessionTokenTests.Spare_bits_behind_the_last_byte_do_not_make_a_second_token"),
        new("T6", "the ciphertext of one token in another", "SessionTokenTests.The_ciphertext_of_one_token_does_not_open_under_the_nonce_of_another"),
        new("T7", "the token of another account's key id", "StolenSessions.A_session_of_another_account_s_key_id_is_none"),
        new("T8", "the token of another role's session with the same key id", "StolenSessions.A_session_is_proven_by_its_own_secret_also_where_another_has_the_same_key_id"),
        new("T9", "the access key of another session", "SessionTokenTests.A_token_does_not_open_with_the_access_key_of_another_session", "TokenAttacks.A_token_works_with_its_own_key_only"),
        new("T10", "version bytes 0, 255 and older", "SessionTokenTests.Claims_of_another_version_are_none", "SessionTokenTests.A_seal_of_another_version_or_of_a_key_that_is_not_there_does_not_open"),
        new("T11", "sealing key ids that are not there: unknown, zero, the greatest", "SessionTokenTests.A_seal_of_another_version_or_of_a_key_that_is_not_there_does_not_open"),
        new("T12", "a retired or compromised sealing key", "SessionTokenTests.An_older_key_opens_unless_it_is_compromised"),
        new("T13", "the token of another installation", "SessionTokenTests.A_token_of_another_installation_does_not_open", "TokenAttacks.A_token_of_another_installation_is_none"),
        new("T14", "one second too late, at the server", "SessionEndTests.A_session_is_good_until_the_second_before_its_end_and_no_longer"),
        new("T15", "one second too late, at a protected service", "LeasesEnd.A_session_ends_on_its_last_second_in_policy_time"),
        new("T16", "after its role was deleted, and made again", "StolenSessions.A_session_of_a_role_that_was_deleted_and_made_again_is_dead", "ConfusedDeputy.A_session_of_a_role_that_was_deleted_and_made_again_is_not_the_one_that_is_trusted"),
        new("T17", "after its user was deleted, and made again", "StolenSessions \"its user made again\""),
        new("T18", "after the key that it was made with was taken away", "StolenSessions \"deactivated\"", "StolenSessions \"deleted\"", "SessionAuditTests.A_federated_session_ends_with_the_key_it_was_made_with"),
        new("T19", "after AWSRevokeOlderSessions", "TokensOfAnotherKind.Sessions_from_before_a_moment_are_denied_by_AWSs_own_policy_for_that"),
        new("T20", "oversized", "TokenAttacks.A_token_that_grew_beyond_every_limit_is_refused_before_any_work", "SessionTokenTests.What_would_not_fit_is_refused_and_not_cut"),
        new("T21", "tags shorter than sixteen bytes", "XAes256GcmTests.A_tag_of_another_length_opens_nothing", "SessionTokenTests.A_token_cut_anywhere_does_not_open"),
        new("T22", "a bomb that unpacks", "MessageTexts.Bytes_that_are_no_short_form_give_a_text_or_null_and_never_an_absurd_one", "SessionTokenTests.Any_bytes_under_the_right_key_are_claims_or_nothing_but_never_an_exception"),
        new("T23", "GetSessionToken's token as a federated user's", "TokensOfAnotherKind.A_users_session_is_none_of_a_federated_user_nor_of_a_role", "LimitedSessions.A_session_is_kept_from_what_its_kind_may_not_call_and_from_nothing_else"),
        new("T24", "an authorization message as a session token, and the other way round", "TokensOfAnotherKind.A_message_is_no_session_and_a_session_is_no_message", "SessionTokenTests.What_was_sealed_for_another_purpose_is_no_session_token", "AuthorizationMessageTests.The_key_of_session_tokens_itself_opens_and_seals_no_message"),
        new("T25", "a sign-in token or a report's ticket as a session token", "SignInAttacks.A_session_token_is_no_sign_in_token_and_a_sign_in_token_is_no_session", "ReportTicketTests.What_the_same_key_sealed_for_another_purpose_is_none"),
        new("T26", "a nonce that comes twice", "Nonces.No_nonce_comes_twice_in_a_million_tokens"),
        new("T27", "a restart and a kill", "TokenAttacks.Sessions_outlive_a_kill_and_no_nonce_comes_again_behind_it"),
        new("T28", "a clock that goes back", "MovableClock.It_survives_a_restart_and_a_kill_and_never_goes_back"),
        new("T29", "telling one failure of opening from another", "TokenAttacks.Every_damage_to_a_token_gets_the_same_answer", "KeysThatLookAlike.A_right_token_of_another_key_and_a_made_up_one_get_one_answer"),
    ];
}
