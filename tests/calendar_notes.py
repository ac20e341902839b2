"""Vaults of a few notes whose calendar is known, for what writes and what serves calendars."""

SMALL = """
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    salutation: 李女士
    phone: "13800138000"
    stage: active
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    ## 跟进记录
    - 2026-11-19 10:00 电话 打 13800138000 [下次:: 2026-11-20] ^3afq6m4x9
    - [ ] 2026-11-23 14:30 带看 [[home]] 婆婆也来 ^3afr4q81c
    -- listings/home.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    status: for_sale
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    -- agents/王敏.md --
    ---
    id: A-R45D5D
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    """
# A colleague with a client, and a listing of 王敏's that is kept from them.
TEAM = (
    SMALL
    + """
    -- clients/zhou.md --
    ---
    id: C-8G4EXB
    type: client
    title: 周先生 宝山
    salutation: 周先生
    phone: "13900139000"
    stage: active
    created: 2026-11-01
    agent: "[[李航]]"
    ---
    ## 跟进记录
    - 2026-11-19 10:00 电话 [下次:: 2026-11-22] ^3afq6m4xa
    - [ ] 2026-11-24 10:00 带看 [[secret]] ^3afr4q81d
    -- listings/secret.md --
    ---
    id: L-8H3QRN
    type: listing
    title: 江景苑 88号
    building: 88
    room: 2301
    sharing: private
    status: for_sale
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    -- agents/李航.md --
    ---
    id: A-S56E6E
    type: agent
    title: 李航
    ---
    """
)
