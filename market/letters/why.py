"""Why somebody gets a letter, in its last line."""

from flask_babel import lazy_gettext as _l

from market.letters.rules import To

WHY = {
    To.SKIPPED: _l("因为贵机构列在这次选取的顺序里"),
    To.ENTRANT: _l("因为您可以代表贵机构报名"),
    To.OWNER: _l("因为您是项目业主单位的成员"),
    To.ENTRANTS: _l("因为贵机构报名参加了这次选取"),
    To.WINNER: _l("因为贵机构是拟中选机构"),
    To.QUALIFIED: _l("因为贵机构可以承接这项服务"),
    To.AGENCY: _l("因为您是这家机构的成员"),
    To.SECTOR: _l("因为贵单位是这家机构所办事项的行业主管部门"),
    To.APPLICANT: _l("因为您是申请入驻的机构的成员"),
    To.COMPLAINANT: _l("因为您提出了这件投诉"),
    To.CLAIMANT: _l("因为这是您的实名身份"),
    To.IDENTITY_CHECKERS: _l("因为由贵单位核验"),
    To.RESPONDENT: _l("因为这件投诉涉及贵单位"),
    To.ASSISTING: _l("因为贵单位参与联合办理这件投诉"),
    To.FINDERS: _l("因为由贵单位认定未签合同的责任"),
    To.TIP_READERS: _l("本单位负责阅处这条线索"),
    To.TIP_SENDERS: _l("因为由贵单位移交这条线索"),
    To.BODY: _l("因为贵单位办理这件投诉"),
    To.SUPERIOR: _l("因为贵单位是办理单位的上级"),
    To.REGULATOR: _l("因为贵单位是这个事项的行业主管部门"),
    To.CHECKERS: _l("因为您负责核验"),
    To.REVIEWERS: _l("因为您负责公告审核或发布"),
    To.HEADS: _l("因为不予通过须由您复核"),
    To.ASKED: _l("因为业主选定了贵机构"),
    To.EDITORS: _l("因为您负责工作日历或办法参数"),
    To.INSPECTORS: _l("因为您负责监督"),
    To.PARTY: _l("因为这条记录涉及贵单位"),
    To.DECIDERS: _l("因为这条记录由贵单位决定"),
    To.SUSPENDERS: _l("因为暂停报名由贵单位签发"),
    To.HEARERS: _l("因为这件申诉由贵单位决定"),
    To.REVIEWED: _l("因为您是项目业主单位的成员"),
    To.BODY_ASKED: _l("因为监管部门询问贵单位"),
    To.ASKER: _l("因为贵单位提出了这项询问"),
    To.RESPONSIBLE: _l("因为这件事等贵单位办理"),
}
